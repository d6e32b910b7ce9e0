def what:
  if .labels.type == "monitor-alert" then .labels.name
  elif .labels.level == "ERROR" then "Error in trace \(.labels.trace): \(.event.data.statusMessage // "no message")"
  elif .labels.type | startswith("score.") then "Score \(.labels.name) is \(.event.data.value) in trace \(.labels.trace)"
  elif .labels.type == "project-notification" then .event.event.message // "\(.labels.action): \(.labels.name)"
  elif .labels.type == "prompt-version" then "Prompt \(.labels.name) \(.labels.action)"
  else "\(.labels.type) \(.labels.subject)" end;
def details:
  if .labels.type == "monitor-alert" then .event.payload
  elif .labels.type == "project-notification" then .event.event
  else .event.data // .event end;
def when:
  if (.event.timestamp | type) == "string" and (.event.timestamp | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$"))
  then .event.timestamp
  else .received end;

if .resolve then
  {event_action: "resolve", dedup_key: .incident}
else
  {
    event_action: "trigger",
    dedup_key: .incident,
    payload: {
      summary: what,
      source: "langfuse",
      severity: .severity,
      timestamp: when,
      component: .labels.name,
      group: .labels.project,
      class: .labels.type,
      custom_details: (details | if type == "object" then . else {event: .} end)
    },
    client: "Fusewire",
    client_url: .links.view,
    links: ([{href: .links.view, text: "View in Langfuse"}] + (if .links.data then [{href: .links.data, text: "View data"}] else [] end))
  }
end
