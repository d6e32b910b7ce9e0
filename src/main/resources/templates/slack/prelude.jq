# Stands before each template of Slack. Every text of the event is escaped already; links are not.
def known: . != null and . != "none" and . != "";
def grave: if .resolve then "Resolved" else {critical: "Critical", error: "Error", warning: "Warning", info: "Info"}[.severity] end;
def field($name; $value): {type: "mrkdwn", text: "*\($name)*\n\($value)"};
def fields($pairs): [$pairs[] | select(.[1] | known) | field(.[0]; .[1])];
def button($text; $url): {type: "button", text: {type: "plain_text", text: $text}, url: $url, action_id: ($text | ascii_downcase | gsub(" "; "-"))};
def buttons($pairs): [$pairs[] | select(.[1] | known) | button(.[0]; .[1])];

# One message: a headline, a paragraph (or null), pairs of a name and a value, pairs of a button and a link.
def message($headline; $paragraph; $pairs; $links):
  . as $alert
  | "\(grave): \($headline)" as $title
  | fields($pairs) as $fields
  | buttons($links) as $buttons
  | {
      text: ([$title] + [$paragraph | select(known)] + [$pairs[] | select(.[1] | known) | "\(.[0]): \(.[1])"] | join("\n")),
      blocks: (
        [{type: "header", text: {type: "plain_text", text: $title, emoji: false}}]
        + (if $paragraph | known then [{type: "section", text: {type: "mrkdwn", text: $paragraph}}] else [] end)
        + (if $fields | length > 0 then [{type: "section", fields: $fields}] else [] end)
        + (if $buttons | length > 0 then [{type: "actions", elements: $buttons}] else [] end)
        + [{type: "context", elements: [{type: "mrkdwn", text: "rule \($alert.rule) · source \($alert.source) · \($alert.received)"}]}]
      )
    };
