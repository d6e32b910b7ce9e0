# The news of an incident, for a reply in the thread of its message: what is said beside the heading. An edit notifies
# nobody, so what is to be noticed is shown in the channel too.
{text: say([grave, counts]; ": "), unfurl_links: false, unfurl_media: false, blocks: details}
  + if .incident.kind == "graver" or .incident.kind == "still-open" then {reply_broadcast: true} else {} end
