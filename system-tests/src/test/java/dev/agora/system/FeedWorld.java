package dev.agora.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Members, what they were told was done, and the plain computation of what each feed must
 * then be: the acknowledged posts of oneself and of those one follows, newest first.
 */
final class FeedWorld implements AutoCloseable {

	private static final int AT_ONCE = 12;

	private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);

	private final Random random = new Random(20260314);

	private final List<Member> members;

	private final Map<Member, Set<Member>> following = new HashMap<>();

	private final Map<Member, Collection<String>> posts = new ConcurrentHashMap<>();

	private final AtomicInteger acknowledged = new AtomicInteger();

	FeedWorld(Gateway gateway, SocialGraph graph) {
		Instant start = Instant.now();
		this.members = inParallel(IntStream.range(0, graph.size()).boxed().toList(),
				(number) -> Member.joins(gateway, "M" + number));
		this.members.forEach((member) -> this.following.put(member, new HashSet<>(Set.of(member))));
		inParallel(graph.follows(), (pair) -> this.members.get(pair[0]).follows(this.members.get(pair[1])));
		graph.follows().forEach((pair) -> this.following.get(this.members.get(pair[0])).add(this.members.get(pair[1])));
		System.out.printf("%s: %d members and %d follows in %d s%n", graph.name(), graph.size(), graph.follows().size(),
				Duration.between(start, Instant.now()).toSeconds());
	}

	/** Posts by random members, several at a time; returns when all are acknowledged. */
	void post(int count) {
		List<Member> authors = Stream.generate(() -> this.members.get(this.random.nextInt(this.members.size())))
			.limit(count)
			.toList();
		inParallel(authors, this::postBy);
	}

	/** The same without waiting. */
	Future<?> postMeanwhile(int count) {
		ExecutorService poster = Executors.newSingleThreadExecutor();
		Future<?> posting = poster.submit(() -> post(count));
		poster.shutdown();
		return posting;
	}

	int acknowledged() {
		return this.acknowledged.get();
	}

	/** Everybody looks at their feed, so that it is kept ready for them. */
	void readAllFeeds() {
		inParallel(this.members, Member::feed);
	}

	/** Somebody stops following somebody, as many times as said. */
	void unfollow(int count) {
		List<Member> some = this.members.stream()
			.filter((member) -> this.following.get(member).size() > 1)
			.limit(count)
			.toList();
		inParallel(some, (member) -> {
			Member left = this.following.get(member)
				.stream()
				.filter((other) -> !other.equals(member))
				.findFirst()
				.orElseThrow();
			member.unfollows(left);
			return this.following.get(member).remove(left);
		});
	}

	/**
	 * Compares every member's feed with what it must be.
	 * @param bound how long the last event may take to arrive
	 * @return what differs when the bound is reached, all zero if nothing does
	 */
	FeedDifferences differencesAfter(Duration bound) {
		Instant deadline = Instant.now().plus(bound);
		List<Member> differing = this.members;
		do {
			differing = inParallel(differing,
					(member) -> member.feed().equals(expected(member)) ? List.<Member>of() : List.of(member))
				.stream()
				.flatMap(List::stream)
				.toList();
		}
		while (!differing.isEmpty() && Instant.now().isBefore(deadline));
		FeedDifferences found = new FeedDifferences(this.members.size());
		differing.forEach((member) -> found.add(member.feed(), expected(member)));
		this.members.stream().map(this::expected).forEach(found::count);
		return found;
	}

	@Override
	public void close() {
		this.workers.shutdownNow();
	}

	private boolean postBy(Member author) {
		String id = author.posts("Post by " + author.handle());
		this.acknowledged.incrementAndGet();
		return this.posts.computeIfAbsent(author, (member) -> new ConcurrentLinkedQueue<>()).add(id);
	}

	private List<String> expected(Member member) {
		return this.following.get(member)
			.stream()
			.flatMap((author) -> this.posts.getOrDefault(author, List.of()).stream())
			.sorted(Comparator.reverseOrder())
			.toList();
	}

	private <T, R> List<R> inParallel(List<T> items, Function<T, R> work) {
		List<Future<R>> futures = items.stream().map((item) -> this.workers.submit(() -> work.apply(item))).toList();
		List<R> results = new ArrayList<>(futures.size());
		for (Future<R> future : futures) {
			try {
				results.add(future.get());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
			catch (java.util.concurrent.ExecutionException ex) {
				throw new AssertionError(ex.getCause());
			}
		}
		return results;
	}

}
