# Any alert, for a sink that has no template of its own: plain texts, and null where something is unknown.
.labels as $l
| .incident as $incident
| (($l.name | shown) // ($l.subject | shown)) as $name
| (($l.value | shown) // ($l.category | shown)) as $value
| {
    title: say([
      (if recovered then "resolved" elif over then "closed" else .severity end) + ": "
        + (if later then subject else say([.rule, $name]; " – ") end),
      many
    ]; " – "),
    text: (if later then paragraphs | map(join("\n")) | join("\n")
      else words // ([$l.type, $name, ($l.action | shown), $value] | map(select(. != null)) | join(" ")) end),
    rule: .rule,
    severity: .severity,
    resolve: over,
    value: $value,
    incident: .incident.key,
    received: .received,
    link: .links.view
  }
| if $incident.kind == null then . else . + {kind: $incident.kind, count: $incident.count} end
