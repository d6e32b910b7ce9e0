# Any alert, for a sink that has no template of its own: plain texts, and null where something is unknown.
def shown:
  if type == "number" or type == "boolean" then tostring
  elif type == "string" and . != "" and . != "none" then .
  else null end;

# What lies at a path, whatever shape the event has.
def at($path): (try getpath($path) catch null) | shown;

.labels as $l
| (($l.name | shown) // ($l.subject | shown)) as $name
| (($l.value | shown) // ($l.category | shown)) as $value
| {
    title: ([(if .resolve then "resolved" else .severity end) + ": " + .rule, $name] | map(select(. != null)) | join(" – ")),
    text: (at(["event", "data", "statusMessage"])
      // at(["event", "data", "comment"])
      // at(["event", "payload", "message", "body"])
      // at(["event", "event", "message"])
      // ([$l.type, $name, ($l.action | shown), $value] | map(select(. != null)) | join(" "))),
    rule: .rule,
    severity: .severity,
    resolve: .resolve,
    value: $value,
    incident: .incident,
    received: .received,
    link: .links.view
  }
