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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Members, their acknowledged posts, and a plain computation of each expected feed: the
 * acknowledged posts of the member and of the members that they follow, newest first.
 */
final class FeedWorld implements AutoCloseable {

	private static final int THREADS = 12;

	private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);

	private final Random random = new Random(20260314);

	private final List<Member> members;

	private final Map<Member, Set<Member>> following = new HashMap<>();

	private final Map<Member, Collection<String>> posts = new ConcurrentHashMap<>();

	private final AtomicInteger acknowledged = new AtomicInteger();

	FeedWorld(Gateway gateway, SocialGraph graph) {
		Instant start = Instant.now();
		this.members = inParallel(IntStream.range(0, graph.size()).boxed().toList(),
				(number) -> Member.register(gateway, "M" + number));
		this.members.forEach((member) -> this.following.put(member, new HashSet<>(Set.of(member))));
		importFollows(gateway, graph);
		graph.follows().forEach((pair) -> this.following.get(this.members.get(pair[0])).add(this.members.get(pair[1])));
		System.out.printf("%s: %d members and %d follows in %d s%n", graph.name(), graph.size(), graph.follows().size(),
				Duration.between(start, Instant.now()).toSeconds());
	}

	/** Imports the follows, so that no feed has their friendships. */
	private void importFollows(Gateway gateway, SocialGraph graph) {
		Member operator = Member.register(gateway, "Operator");
		TestSystem.agora("operators", "grant", operator.handle());
		Await.until("the operator may import", Await.SOON, () -> imports(operator, "# nothing").status() == 202);
		inParallel(this.members, (member) -> {
			String path = "/api/v1/graph/members/" + member.id();
			Await.until("the graph knows the member", Await.SOON, () -> operator.get(path).status() == 200);
			return path;
		});
		String file = graph.follows()
			.stream()
			.map((pair) -> this.members.get(pair[0]).handle() + " " + this.members.get(pair[1]).handle() + "\n")
			.collect(Collectors.joining());
		String job = "/api/v1/graph/jobs/" + imports(operator, file).expect(202).text("id");
		Await.until("the follows are imported", Await.SOON.multipliedBy(4),
				() -> operator.get(job).expect(200).text("state").equals("SUCCEEDED"));
	}

	private static Response imports(Member operator, String file) {
		return operator.send("POST", "/api/v1/graph/imports", file, "Content-Type", "text/plain");
	}

	/** Posts as random members, in parallel; returns when all posts are acknowledged. */
	void post(int count) {
		List<Member> authors = Stream.generate(() -> this.members.get(this.random.nextInt(this.members.size())))
			.limit(count)
			.toList();
		inParallel(authors, this::postAs);
	}

	/** Posts like {@link #post} without waiting for the responses. */
	Future<?> postInBackground(int count) {
		ExecutorService poster = Executors.newSingleThreadExecutor();
		Future<?> posting = poster.submit(() -> post(count));
		poster.shutdown();
		return posting;
	}

	int acknowledged() {
		return this.acknowledged.get();
	}

	/** Reads every feed, so that each has a timeline in Redis. */
	void readAllFeeds() {
		inParallel(this.members, Member::feed);
	}

	/** Removes one follow of each of the given number of members. */
	void unfollow(int count) {
		List<Member> some = this.members.stream()
			.filter((member) -> this.following.get(member).size() > 1)
			.limit(count)
			.toList();
		inParallel(some, (member) -> {
			Member followee = this.following.get(member)
				.stream()
				.filter((other) -> !other.equals(member))
				.findFirst()
				.orElseThrow();
			member.unfollow(followee);
			return this.following.get(member).remove(followee);
		});
	}

	/**
	 * Compares every feed with the expected one.
	 * @param bound the longest time to wait for the last event
	 * @return the differences that remain when the bound is reached, all zero if there
	 * are none
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

	private boolean postAs(Member author) {
		String id = author.post("Post by " + author.handle());
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
