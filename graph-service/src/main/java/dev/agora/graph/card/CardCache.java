package dev.agora.graph.card;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.StreamReader;

/**
 * Keeps the cards of members in this process. A card is used while the process can
 * confirm that it has received every {@link CardAnnouncer announced} change since it read
 * the card from MongoDB. That a member does not exist is never kept.
 */
public final class CardCache implements AutoCloseable {

	static final String KEY = "graph:card-changes:v1:{all}";

	private static final int MAX_CARDS = 50_000;

	/** The longest that an outdated card is used whose change Redis has lost. */
	public static final Duration LIFETIME = Duration.ofMinutes(1);

	private static final Duration MAX_CONFIRMATION_AGE = Duration.ofMillis(750);

	private final MemberProjection members;

	private final Cache<String, CachedCard> cards = Caffeine.newBuilder()
		// Maintenance takes no time, so that it needs no thread of its own.
		.executor(Runnable::run)
		.maximumSize(MAX_CARDS)
		.expireAfterWrite(LIFETIME)
		.build();

	private final Ticker ticker = Ticker.systemTicker();

	private final AtomicLong received = new AtomicLong();

	private final StreamReader changes;

	public CardCache(RedisGuard redis, MemberProjection members) {
		this.members = members;
		this.changes = new StreamReader(redis, KEY, MAX_CONFIRMATION_AGE, this::evict, this.ticker);
	}

	/**
	 * Finds a member who must exist.
	 * @throws NotFound if there is no such member
	 */
	public Mono<MemberCard> require(String id) {
		return Mono.defer(() -> {
			@Nullable MemberCard known = find(id);
			return (known != null) ? Mono.just(known) : load(this.members.require(id).flux()).next();
		});
	}

	/** Finds members by their ids; deleted and unknown ones are left out. */
	public Mono<Map<String, MemberCard>> findAll(Collection<String> ids) {
		return Mono.defer(() -> readAll(ids));
	}

	@Override
	public void close() {
		this.changes.close();
	}

	private Mono<Map<String, MemberCard>> readAll(Collection<String> ids) {
		Map<String, MemberCard> found = new HashMap<>();
		List<String> missing = new ArrayList<>();
		ids.forEach((id) -> add(id, found, missing));
		return missing.isEmpty() ? Mono.just(found)
				: load(this.members.list(missing).flatMapIterable((cards) -> cards))
					.doOnNext((card) -> found.put(card.id(), card))
					.then(Mono.just(found));
	}

	private void add(String id, Map<String, MemberCard> found, List<String> missing) {
		@Nullable MemberCard known = find(id);
		if (known != null) {
			found.put(id, known);
		}
		else {
			missing.add(id);
		}
	}

	private @Nullable MemberCard find(String id) {
		@Nullable CachedCard known = this.cards.getIfPresent(id);
		return (known != null && this.changes.isGaplessSince(known.askedAt())) ? known.card() : null;
	}

	private Flux<MemberCard> load(Flux<MemberCard> origin) {
		return Flux.defer(() -> {
			long askedAt = this.ticker.read();
			long before = this.received.get();
			return origin.doOnNext((card) -> put(new CachedCard(card, askedAt), before));
		});
	}

	/** A card may be older than a change that was received while it was read. */
	private void put(CachedCard cached, long receivedBefore) {
		String id = cached.card().id();
		this.cards.put(id, cached);
		if (this.received.get() != receivedBefore) {
			this.cards.invalidate(id);
		}
	}

	private void evict(String id) {
		this.received.incrementAndGet();
		this.cards.invalidate(id);
	}

	/**
	 * A card from MongoDB.
	 *
	 * @param card the card
	 * @param askedAt the moment before it was read, as the ticker shows it
	 */
	private record CachedCard(MemberCard card, long askedAt) {
	}

}
