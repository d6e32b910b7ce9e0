# The template slack/any.jq isn't jq
{text: (.rule | ascii_upcase }
