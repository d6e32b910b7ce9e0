# A score was given or changed.
.labels as $l
| (($l.name | shown) // "without a name") as $name
| (($l.value | shown) // ($l.category | shown)) as $value
| at(["event", "data", "comment"]) as $comment
| alert(
    "score " + $name + (if $value == null or later then "" else " is " + $value end);
    $comment // $l.trace;
    null;
    [
      ["Score", $name],
      ["Value", $value],
      ["Trace ID", $l.trace],
      ["Observation", $l.observation],
      ["Comment", $comment],
      ["Project", $l.project],
      ["Source", .source]
    ];
    [button(if ($l.trace | shown) == null then "View scores" else "View trace" end; .links.view; "view")]
  )
