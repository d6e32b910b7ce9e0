# Any event that has no template of its own.
.labels as $l
| alert(
    $l.type;
    ($l.name | shown) // $l.subject;
    null;
    [
      ["Name", $l.name],
      ["Trace ID", $l.trace],
      ["Subject", if $l.subject == $l.trace then null else $l.subject end],
      ["Model", $l.model],
      ["Input tokens", $l.inputTokens],
      ["Output tokens", $l.outputTokens],
      ["Project", $l.project],
      ["Source", .source]
    ];
    [button("View in Langfuse"; .links.view; "view")]
  )
