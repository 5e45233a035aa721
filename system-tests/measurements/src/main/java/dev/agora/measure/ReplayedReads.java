package dev.agora.measure;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.agora.measure.history.Level;

/**
 * Sends reads. To show that the checkers find a fault, it can replace some responses of
 * one level by the first response of the same object, as a broken cache would.
 */
final class ReplayedReads {

	/** One of so many reads of the level is replaced. */
	private static final int SHARE = 50;

	private final ApiClient api;

	private final @Nullable Level planted;

	private final Map<String, Answer> first = new ConcurrentHashMap<>();

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * Creates the sender.
	 * @param planted the level with the fault, null for none
	 */
	ReplayedReads(ApiClient api, @Nullable Level planted) {
		this.api = api;
		this.planted = planted;
	}

	Answer send(Level level, String path, HttpRequest.Builder request) throws InterruptedException {
		Answer answer = this.api.send(request);
		if (level != this.planted || !answer.isOk()) {
			return answer;
		}
		Answer replayed = this.first.putIfAbsent(path, answer);
		return (replayed != null && this.count.incrementAndGet() % SHARE == 0)
				? replayed.between(answer.start(), answer.end()) : answer;
	}

}
