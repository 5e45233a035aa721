package dev.agora.feed.fanout;

import java.time.Instant;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.NotFound;

/**
 * The fan-outs to many followers that are not complete, by the id of their activity.
 * <p>
 * Shard key: {@code _id}.
 */
public final class LargeFanOuts {

	/** The topic of the events of large fan-outs. */
	public static final String TOPIC = "feed.fan-outs.v1";

	private static final String AT = "value.at";

	private final Documents<LargeFanOut> documents;

	public LargeFanOuts(DocumentStore store) {
		this.documents = store.documents("fanOuts", LargeFanOut.class, TOPIC).indexed(Indexes.ascending(AT));
	}

	/** Requests the fan-out of an activity, at most once. */
	Mono<Void> request(String activity, String author, Instant at) {
		return this.documents.createForEvent(activity, LargeFanOut.request(author, at)).then();
	}

	/** Finds a fan-out; empty if it is complete. */
	Mono<LargeFanOut> find(String activity) {
		return this.documents.findForEvent(activity).map(Stored::value);
	}

	/** Changes a fan-out unless it is complete. */
	Mono<Void> change(String activity, Function<LargeFanOut, Change<LargeFanOut>> decision) {
		return this.documents.change(activity, (stored) -> decision.apply(stored.value()))
			.onErrorResume(NotFound.class, (complete) -> Mono.empty())
			.then();
	}

	/**
	 * Finds the time of the oldest activity whose fan-out is not complete; empty if there
	 * is none.
	 */
	public Mono<Instant> oldest() {
		return this.documents.list(Filters.gt(AT, Instant.EPOCH), Sorts.ascending(AT), 1)
			.next()
			.map((stored) -> stored.value().at());
	}

}
