# Every alert: a trigger with all there is, or the resolve of its incident.

# Langfuse writes a monitor's severity before its name.
def name:
  .labels.monitorSeverity as $severity
  | ((.labels.name | shown) // (.labels.project | shown))
  | if . == null then . else ltrimstr("[" + $severity + "] ") end;

# A monitor's text is Markdown; no more of it is read than a summary holds.
def body: (at(["event", "payload", "message", "body"]) // "")[0:1024] | split("**") | join("") | split("`") | join("");

def summary_of_event:
  .labels as $l
  | ($l.type | split(".")[0]) as $family
  | if $l.type == "monitor-alert" then say([name // "Monitor", body]; ": ")
    elif $l.type == "project-notification" then
      say([$l.action, $l.name, at(["event", "event", "message"])]; ": ")
    elif $l.type == "prompt-version" then
      say(["Prompt", $l.name, "version", at(["event", "prompt", "version"]), $l.action]; " ")
    elif $family == "score" then
      say([
        say(["Score", $l.name, "is", ($l.value | shown) // $l.category, "in trace", $l.trace]; " "),
        at(["event", "data", "comment"])
      ]; ": ")
    elif $l.level == "ERROR" then
      say([say(["Error in trace", $l.trace]; " "), at(["event", "data", "statusMessage"])]; ": ")
    else say([$l.type, $l.name, $l.subject]; " ") end;

# All triggers of a dedup_key are one alert there: the count says what is new.
def summary:
  if later then say([heading(subject), often // body]; ": ")
  else say([many, summary_of_event]; ": ") end;

def details_of_event:
  (if .labels.type == "monitor-alert" then .event.payload
   elif .labels.type == "project-notification" then .event.event
   else .event.data end)
  // .event;

def details:
  later as $later
  | texts as $texts
  | .incident as $incident
  | details_of_event
  | if $incident.kind == null then .
    else
      (if type == "object" then . else {details: .} end)
      + ($incident | {incident: .id, count})
      + (if $later then $incident | {new: .more, since, last, rate, texts: $texts, traces: [.samples[] | .view // .trace]}
        else {} end)
    end;

# PagerDuty takes only ISO 8601; anything else would cost the alert.
def time:
  at(["event", "timestamp"])
  | select(. != null and (.[0:40] | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$")));

if over then {event_action: "resolve", dedup_key: .incident.key}
else
  .links as $links
  | {
      event_action: "trigger",
      dedup_key: .incident.key,
      payload: {
        summary: summary,
        source: "langfuse",
        severity: (.severity // "info"),
        timestamp: ([if later then .incident.last else time end, .received] | first),
        component: name,
        group: (.labels.project | shown),
        class: .labels.type,
        custom_details: details
      },
      client: "Fusewire",
      client_url: $links.view,
      links: [
        {href: $links.view, text: "View in Langfuse"},
        {href: $links.data, text: "View data"},
        (if later then .incident.samples[] | {href: .view, text: "Trace \(.brief)"} else empty end)
        | select(.href != null)
      ]
    }
end
