package dev.agora.graph.card;

import java.time.Duration;
import java.util.ArrayList;
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
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.redis.StreamReader;

/**
 * Keeps the cards of members in this process. A card is used while the process can
 * confirm that it has received every {@link CardAnnouncer announced} change since it read
 * the card from MongoDB. That a member does not exist is never kept. The JSON of a card
 * is written once, since many responses contain it.
 */
public final class CardCache implements AutoCloseable {

	static final String KEY = "graph:card-changes:v1:{all}";

	private static final int MAX_CARDS = 50_000;

	/** The longest that an outdated card is used whose change Redis has lost. */
	public static final Duration LIFETIME = Duration.ofMinutes(1);

	private static final Duration MAX_CONFIRMATION_AGE = Duration.ofMillis(750);

	private final MemberProjection members;

	private final ObjectWriter writer;

	/** The cards by the numbers of the ids, since a page has up to a hundred of them. */
	private final Cache<Long, KeptCard> cards = Caffeine.newBuilder()
		// Maintenance takes no time, so that it needs no thread of its own.
		.executor(Runnable::run)
		.maximumSize(MAX_CARDS)
		.expireAfterWrite(LIFETIME)
		.build();

	private final Ticker ticker = Ticker.systemTicker();

	private final AtomicLong received = new AtomicLong();

	private final StreamReader changes;

	public CardCache(RedisGuard redis, MemberProjection members, JsonMapper json) {
		this.members = members;
		this.writer = json.writerFor(MemberCard.class);
		this.changes = new StreamReader(redis, KEY, MAX_CONFIRMATION_AGE, this::evict, this.ticker);
	}

	/**
	 * Finds a member who must exist.
	 * @throws NotFound if there is no such member
	 */
	public Mono<KeptCard> require(String id) {
		return Mono.defer(() -> {
			@Nullable KeptCard known = IdGenerator.isId(id) ? find(IdGenerator.toNumber(id), this.changes.gaplessSince()) : null;
			return (known != null) ? Mono.just(known) : load(this.members.require(id).flux()).next();
		});
	}

	/**
	 * Lists the cards of members in the order of their ids; deleted and unknown members
	 * are left out.
	 * @param numbers the ids as numbers
	 */
	public Mono<List<KeptCard>> list(List<Long> numbers) {
		return Mono.defer(() -> {
			List<KeptCard> found = new ArrayList<>(numbers.size());
			List<Long> missing = addKnown(numbers, found);
			return missing.isEmpty() ? Mono.just(found) : loadMissing(numbers, found, missing);
		});
	}

	@Override
	public void close() {
		this.changes.close();
	}

	/** Returns the numbers whose cards are not known. */
	private List<Long> addKnown(List<Long> numbers, List<KeptCard> found) {
		List<Long> missing = new ArrayList<>(0);
		long gaplessSince = this.changes.gaplessSince();
		for (Long number : numbers) {
			@Nullable KeptCard known = find(number, gaplessSince);
			if (known != null) {
				found.add(known);
			}
			else {
				missing.add(number);
			}
		}
		return missing;
	}

	private Mono<List<KeptCard>> loadMissing(List<Long> numbers, List<KeptCard> found, List<Long> missing) {
		Map<Long, KeptCard> cards = new HashMap<>();
		found.forEach((kept) -> cards.put(kept.number(), kept));
		return load(this.members.list(missing.stream().map(IdGenerator::ofNumber).toList())
			.flatMapIterable((loaded) -> loaded)).doOnNext((kept) -> cards.put(kept.number(), kept))
			.then(Mono.fromSupplier(() -> numbers.stream().filter(cards::containsKey).map(cards::get).toList()));
	}

	private @Nullable KeptCard find(Long number, long gaplessSince) {
		@Nullable KeptCard known = this.cards.getIfPresent(number);
		return (known != null && known.askedAt() - gaplessSince > 0) ? known : null;
	}

	private Flux<KeptCard> load(Flux<MemberCard> origin) {
		return Flux.defer(() -> {
			long askedAt = this.ticker.read();
			long before = this.received.get();
			return origin.map((card) -> new KeptCard(card, this.writer.writeValueAsBytes(card), askedAt))
				.doOnNext((kept) -> put(kept, before));
		});
	}

	/** A card may be older than a change that was received while it was read. */
	private void put(KeptCard kept, long receivedBefore) {
		this.cards.put(kept.number(), kept);
		if (this.received.get() != receivedBefore) {
			this.cards.invalidate(kept.number());
		}
	}

	private void evict(String id) {
		this.received.incrementAndGet();
		this.cards.invalidate(IdGenerator.toNumber(id));
	}

}
