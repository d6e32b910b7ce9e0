# What is sent when Slack refused the blocks: one line that it can't refuse.
{text: "\(grave): \(.rule), \(.labels.type) \(.labels.name), subject \(.labels.subject), project \(.labels.project)"}
