package dev.agora.feed.live.item;

import java.time.Instant;

import dev.agora.feed.live.log.LiveEvent;
import dev.agora.feed.live.log.LiveTopics;

/**
 * A job that ended, as the stream of its owner shows it.
 *
 * @param path the path of the job in the API
 * @param at the time at which it ended
 */
record EndedJobView(String id, String kind, String state, String path, Instant at) {

	static EndedJobView of(LiveEvent.JobEnded job) {
		return new EndedJobView(job.id(), job.kind(), job.state(), LiveTopics.pathOf(job), job.at());
	}

}
