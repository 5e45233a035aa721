package dev.agora.feed.activity;

import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.feed.rendered.RenderedActivity;

/** Writes activities as the JSON that responses show, and reads it. */
public final class ActivityRenderer {

	private final ObjectWriter writer;

	private final ObjectReader reader;

	public ActivityRenderer(JsonMapper json) {
		this.writer = json.writerFor(ActivityView.class);
		this.reader = json.readerFor(ActivityView.class);
	}

	/** Writes an activity. */
	public RenderedActivity render(ActivityView activity) {
		return RenderedActivity.of(activity, this.writer.writeValueAsBytes(activity));
	}

	/** Reads an activity. */
	ActivityView parse(RenderedActivity activity) {
		return this.reader.readValue(activity.json());
	}

}
