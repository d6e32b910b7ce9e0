# A trace began, changed, or ended in an error.
.labels as $l
| at(["event", "data", "statusMessage"]) as $message
| alert(
    {ERROR: "error in trace", WARNING: "warning in trace"}[$l.level]
      // (if $l.type == "trace.created" then "trace created" else "trace updated" end);
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
