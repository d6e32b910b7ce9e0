# A prompt was created, updated or deleted. Its text is not shown: it may be long, and may be secret.
.labels as $l
| at(["event", "prompt", "version"]) as $version
| at(["event", "prompt", "commitMessage"]) as $commit
| (($l.name | shown) // "without a name") as $name
| alert(
    "prompt " + $name + (if $version == null then "" else " version " + $version end)
      + (($l.action | shown) as $action | if $action == null then "" else " " + $action end);
    $commit;
    null;
    [
      ["Prompt", $name],
      ["Version", $version],
      ["Action", $l.action],
      ["Labels", ($l.promptLabels | join(", "))],
      ["By", at(["event", "user", "name"]) // at(["event", "user", "email"]) // at(["event", "prompt", "createdBy"])],
      ["Commit message", $commit],
      ["Project", $l.project],
      ["Source", .source]
    ];
    [button("View prompt"; .links.view; "view")]
  )
