package dev.agora.feed.exports;

import reactor.core.publisher.Flux;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityView;
import dev.agora.platform.exports.ExportSource;

/** Reads the activities of a member. */
public final class ActivitySource implements ExportSource {

	private final Activities activities;

	public ActivitySource(Activities activities) {
		this.activities = activities;
	}

	@Override
	public String type() {
		return "activity";
	}

	@Override
	public Flux<ActivityView> read(String memberId) {
		return this.activities.scanOf(memberId);
	}

}
