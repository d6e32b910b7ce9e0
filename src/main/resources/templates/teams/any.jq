# Any event.
card(heading(subject); paragraphs; facts)
