# Any event.
.labels as $l
| (at(["event", "data", "statusMessage"])
    // at(["event", "data", "comment"])
    // at(["event", "payload", "message", "body"])
    // at(["event", "event", "message"])) as $text
| card(
    .rule + (($l.name | shown) as $name | if $name == null then "" else " – " + $name end);
    $text;
    [
      ["Value", ($l.value | shown) // $l.category],
      ["Trace ID", $l.trace],
      ["Observation", $l.observation],
      ["Model", $l.model],
      ["Severity at Langfuse", $l.monitorSeverity],
      ["Project", $l.project],
      ["Source", .source],
      ["Received", .received]
    ]
  )
