# What the Slack templates share. Texts of the event and of its incident are escaped already.

def plain: {type: "plain_text", text: ., emoji: false};

# verbatim: no name or address in the event becomes a link by itself.
def mrkdwn: {type: "mrkdwn", text: ., verbatim: true};

def button($text; $url; $id):
  if $url == null then empty
  else {type: "button", text: ($text | plain), url: $url, action_id: $id} end;

# Paragraphs that say something, each a list of lines.
def section: map(select(. != null)) | if . == [] then empty else {type: "section", text: (join("\n") | mrkdwn)} end;

# The bar beside an incident's message: how grave it is, or how it ended.
def color:
  if well then "#2eb886"
  elif over then "#868e96"
  else {critical: "#c92a2a", error: "#e8590c", warning: "#f59f00"}[.severity // "info"] // "#339af0" end;

# The incident's most frequent texts, as code: nothing in them is markup.
def quoted: [(.incident.texts // [])[] | "• \(.counted) × `" + (.text | split("`") | join("'")) + "`"];

# Some of its traces, as links.
def traces:
  [
    (.incident.samples // [])[]
    | if .view == null then .brief else "<" + (.view | split("&") | join("&amp;")) + "|" + .brief + ">" end
  ]
  | if . == [] then [] else ["Traces: " + join(" · ")] end;

# What there is to say of the incident beside its heading: blocks.
def details:
  [
    (story | section),
    (if later then (quoted | section), (traces | section) else empty end)
  ];

# One message: $heading follows the severity; $brief goes on where only text is shown; $body is a paragraph or null;
# $facts are [name, value] pairs, of which only those are shown that say something. What is told of an incident has a bar
# of its color, and later its own story and facts in place of the event's.
def alert($heading; $brief; $body; $facts; $buttons):
  heading($heading) as $title
  | .incident as $incident
  | (if $incident.kind == null then null else color end) as $color
  | [
      (if later then group else $facts end)[]
      | .[0] as $name | .[1] | shown | select(. != null) | "*" + $name + "*\n" + . | mrkdwn
    ] as $fields
  | [
      "rule " + .rule,
      "source " + .source,
      (if $incident.kind == null then empty else "incident \($incident.id)" end),
      (if later then "last alert \($incident.lastAt) \($incident.zone)" else .received end)
    ] as $origin
  | [
      (if later and often != null then empty else [$body | shown] | section end),
      (if $incident.kind == null then empty else details[] end),
      (if $fields == [] then empty else {type: "section", fields: $fields} end),
      (if $buttons == [] then empty else {type: "actions", elements: $buttons} end),
      {type: "context", elements: [$origin | join(" · ") | mrkdwn]}
    ] as $blocks
  | {
      text: say([$title, if later then why // often // $brief else $brief end]; " – "),
      unfurl_links: false,
      unfurl_media: false,
      blocks: [{type: "header", text: ($title | plain)}]
    }
  | if $incident.kind == null then .blocks += $blocks
    else .attachments = [{color: $color, blocks: $blocks}] end;
