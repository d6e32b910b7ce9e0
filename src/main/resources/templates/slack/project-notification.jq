# An export failed, or an evaluator is blocked.
.labels as $l
| at(["event", "event", "message"]) as $message
| alert(
    {
      "blob-export-failed": "blob storage export failed",
      "posthog-export-failed": "PostHog export failed",
      "evaluator-blocked": "evaluator blocked"
    }[$l.action] // ($l.action | shown) // "project notification";
    [$l.name, $message] | map(shown | select(. != null)) | join(": ");
    $message;
    [
      ["Resource", $l.name],
      ["Reason", at(["event", "event", "blockReason"])],
      ["Project", at(["event", "event", "projectName"]) // $l.project],
      ["Source", .source]
    ];
    [button("View in Langfuse"; .links.view; "view")]
  )
