package dev.agora.feed.timeline;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The audiences of the authors in one batch of events. Each is read once, since a batch
 * often has many activities of one author, such as an import of products. A large
 * audience is not kept in memory but read for each activity.
 */
final class Audiences {

	private static final int MAX_KEPT = 1_000;

	private final FanOut fanOut;

	private final Map<String, Mono<List<String>>> kept = new ConcurrentHashMap<>();

	Audiences(FanOut fanOut) {
		this.fanOut = fanOut;
	}

	Flux<String> of(String author) {
		return this.kept.computeIfAbsent(author, this::readFirst)
			.flatMapMany(
					(first) -> (first.size() <= MAX_KEPT) ? Flux.fromIterable(first) : this.fanOut.audienceOf(author));
	}

	private Mono<List<String>> readFirst(String author) {
		return this.fanOut.audienceOf(author).take(MAX_KEPT + 1L).collectList().cache();
	}

}
