# A monitor of Langfuse changed its mind. Langfuse writes the severity before the name, and its text in Markdown.
.labels as $l
| ((at(["event", "payload", "message", "title"]) // "monitor " + $l.subject) | ltrimstr("[" + $l.monitorSeverity + "] ")) as $name
| ((at(["event", "payload", "message", "body"]) // "") | split("**") | join("*")) as $body
| alert(
    $name;
    $body;
    $body;
    [
      ["Severity", $l.monitorSeverity],
      ["Window", at(["event", "payload", "window"])],
      ["Project", $l.project],
      ["Source", .source]
    ];
    [button("View in Langfuse"; .links.view; "view"), button("View data"; .links.data; "data")]
  )
