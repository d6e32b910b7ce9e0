# What the Slack templates share; put before each of them. Texts of the event are escaped already.

# A value as text if it says something, else null: objects, lists, "none" and "" say nothing.
def shown:
  if type == "number" or type == "boolean" then tostring
  elif type == "string" and . != "" and . != "none" then .
  else null end;

# What lies at a path, whatever shape the event has.
def at($path): (try getpath($path) catch null) | shown;

def plain: {type: "plain_text", text: ., emoji: false};

# verbatim: no name or address in the event becomes a link by itself.
def mrkdwn: {type: "mrkdwn", text: ., verbatim: true};

def button($text; $url; $id):
  if $url == null then empty
  else {type: "button", text: ($text | plain), url: $url, action_id: $id} end;

def grave:
  if .resolve then "Recovered"
  else {critical: "Critical", error: "Error", warning: "Warning"}[.severity // "info"] // "Info" end;

# One message: $heading follows the severity; $brief goes on where only text is shown; $body is a paragraph or null;
# $facts are [name, value] pairs, of which only those are shown that say something.
def alert($heading; $brief; $body; $facts; $buttons):
  (grave + ": " + $heading) as $title
  | [$facts[] | .[0] as $name | .[1] | shown | select(. != null) | "*" + $name + "*\n" + . | mrkdwn] as $fields
  | [["rule", .rule], ["source", .source], ["", .received]] as $origin
  | {
      text: ([$title, ($brief | shown)] | map(select(. != null)) | join(" – ")),
      unfurl_links: false,
      unfurl_media: false,
      blocks: [
        {type: "header", text: ($title | plain)},
        (if ($body | shown) == null then empty else {type: "section", text: ($body | mrkdwn)} end),
        (if ($fields | length) == 0 then empty else {type: "section", fields: $fields} end),
        (if ($buttons | length) == 0 then empty else {type: "actions", elements: $buttons} end),
        {type: "context", elements: [$origin | map(map(select(. != "")) | join(" ")) | join(" · ") | mrkdwn]}
      ]
    };
