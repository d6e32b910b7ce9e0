# Any event, as Standard Webhooks lays out a payload: type, timestamp, data.
{
  type: "alert.\(if over then "resolved" elif later then "updated" else "raised" end)",
  timestamp: .received,
  data: {
    rule: .rule,
    severity: .severity,
    resolve: over,
    incident: .incident,
    source: .source,
    labels: .labels,
    links: .links,
    event: .event
  }
}
