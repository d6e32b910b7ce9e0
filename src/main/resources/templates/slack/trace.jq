# A trace began, changed, or ended in an error.
.labels as $l
| at(["event", "data", "statusMessage"]) as $message
| {ERROR: "error", WARNING: "warning"}[$l.level] as $level
| alert(
    if $level != null then $level + (if many != null then "s in traces" else " in trace" end)
    elif $l.type == "trace.created" then "trace created"
    else "trace updated" end;
    [$l.trace, $message] | map(shown | select(. != null)) | join(": ");
    null;
    [
      ["Trace ID", $l.trace],
      [if $l.level == "ERROR" then "Error" else "Message" end, $message],
      ["Name", $l.name],
      ["Observation", $l.observation],
      ["Project", $l.project],
      ["Source", .source]
    ];
    [button("View trace"; .links.view; "view")]
  )
