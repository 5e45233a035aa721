package dev.agora.graph;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.reactivestreams.client.MongoDatabase;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import dev.agora.graph.block.Blocks;
import dev.agora.graph.count.GraphObserver;
import dev.agora.graph.count.MemberGraph;
import dev.agora.graph.count.MemberGraphChange;
import dev.agora.graph.count.MemberGraphs;
import dev.agora.graph.count.TieWriter;
import dev.agora.graph.edge.BlockEdges;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.edge.Separation;
import dev.agora.graph.follow.Follows;
import dev.agora.graph.follow.MemberTies;
import dev.agora.graph.follow.PendingMembers;
import dev.agora.graph.suggestion.store.Dismissals;
import dev.agora.graph.suggestion.store.SuggestionLists;
import dev.agora.graph.suggestion.store.SuggestionRemoval;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.TieCards;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;

/** The stores of graph-service in a database of their own, wired as in the service. */
public final class TestGraph {

	private static final AtomicInteger databases = new AtomicInteger();

	public final MongoDatabase database;

	public final DocumentStore store;

	public final FollowEdges followEdges;

	public final BlockEdges blockEdges;

	public final Separation separation;

	public final Ties ties;

	public final MemberGraphs graphs;

	public final TieWriter writer;

	public final TieCards cards;

	public final MemberProjection members;

	public final Follows follows;

	public final Blocks blocks;

	public final Dismissals dismissals;

	public final PendingMembers pending;

	public final MemberTies memberTies;

	/** The changes of lists, in the order in which the observer received them. */
	public final List<MemberGraphChange> changes = new CopyOnWriteArrayList<>();

	public TestGraph(TestMongoServer mongo) {
		this(mongo.database("graph" + databases.incrementAndGet()));
	}

	/** Opens the stores of another instance on the same database. */
	public TestGraph(MongoDatabase database) {
		this.database = database;
		this.store = new DocumentStore(database, JsonMapper.shared(), Clock.systemUTC());
		this.followEdges = new FollowEdges(this.store, Clock.systemUTC());
		this.blockEdges = new BlockEdges(this.store, Clock.systemUTC());
		this.separation = new Separation(this.followEdges, this.blockEdges);
		this.ties = new Ties(database, this.store);
		this.graphs = new MemberGraphs(database);
		GraphObserver observer = (some) -> Mono.fromRunnable(() -> this.changes.addAll(some));
		this.writer = new TieWriter(this.ties, this.graphs,
				new StaticListableBeanFactory(Map.of("observer", observer)).getBeanProvider(GraphObserver.class));
		this.members = TestProjections.members(this.store);
		this.cards = new TieCards(this.members);
		this.follows = new Follows(this.followEdges, this.blockEdges, this.separation, this.writer, this.cards);
		this.blocks = new Blocks(this.blockEdges, this.separation, this.writer, this.ties);
		this.dismissals = new Dismissals(database, this.store);
		this.pending = new PendingMembers(database, this.store, Clock.systemUTC());
		this.memberTies = new MemberTies(this.ties, this.follows, this.blocks, this.pending,
				new SuggestionRemoval(new SuggestionLists(database, this.store), this.dismissals));
		this.store.migrate().block();
	}

	/** Stores a member in the projection. */
	public TieCard member(String id) {
		MemberCard card = new MemberCard(id, "h" + id.toLowerCase(Locale.ROOT), "Name of " + id);
		TestProjections.upsertMember(this.store, card, 1).block();
		return card(id);
	}

	public static TieCard card(String id) {
		return new TieCard(id, "h" + id.toLowerCase(Locale.ROOT), "Name of " + id, 1);
	}

	public Mono<Void> follow(String follower, String followee) {
		return this.follows.follow(card(follower), card(followee));
	}

	public Mono<Void> block(String blocker, String blocked) {
		return this.blocks.block(card(blocker), card(blocked));
	}

	public Set<String> ids(String owner, TieKind kind) {
		return new TreeSet<>(this.ties.scan(owner, kind).collectList().block());
	}

	public MemberGraph graph(String owner) {
		return this.graphs.find(owner).defaultIfEmpty(MemberGraph.empty(owner)).block();
	}

	/** Returns the sizes in the counts of an owner. */
	public Map<TieKind, Long> counts(String owner) {
		Map<TieKind, Long> counts = new TreeMap<>();
		for (TieKind kind : TieKind.values()) {
			counts.put(kind, graph(owner).size(kind));
		}
		return counts;
	}

	/** Returns the sizes of the lists of an owner, counted one by one. */
	public Map<TieKind, Long> recount(String owner) {
		Map<TieKind, Long> counts = new TreeMap<>();
		for (TieKind kind : TieKind.values()) {
			counts.put(kind, (long) ids(owner, kind).size());
		}
		return counts;
	}

	/** Describes each way in which ties and counts differ from the edges. */
	public List<String> differences(List<String> members) {
		List<String> differences = new ArrayList<>();
		Set<String> follows = new TreeSet<>(activeFollows(members));
		Set<String> tied = new TreeSet<>();
		for (String owner : members) {
			ids(owner, TieKind.FOLLOWING).forEach((other) -> tied.add(owner + ":" + other));
			Set<String> followers = new TreeSet<>();
			ids(owner, TieKind.FOLLOWERS).forEach((other) -> followers.add(other + ":" + owner));
			Set<String> expected = new TreeSet<>(follows);
			expected.removeIf((edge) -> !edge.endsWith(":" + owner));
			addIfDifferent(differences, "followers of " + owner, followers, expected);
			Set<String> friends = new TreeSet<>(ids(owner, TieKind.FOLLOWERS));
			friends.retainAll(ids(owner, TieKind.FOLLOWING));
			addIfDifferent(differences, "friends of " + owner, ids(owner, TieKind.FRIENDS), friends);
			addIfDifferent(differences, "counts of " + owner, counts(owner), recount(owner));
			addIfDifferent(differences, "tokens of " + owner, graph(owner).tokens(), Map.of());
		}
		addIfDifferent(differences, "following", tied, follows);
		return differences;
	}

	private static void addIfDifferent(List<String> differences, String what, Object actual, Object expected) {
		if (!actual.equals(expected)) {
			differences.add(what + ": " + actual + " instead of " + expected);
		}
	}

	/** Returns the ids of the active follows between some members. */
	public Set<String> activeFollows(List<String> members) {
		return new TreeSet<>(this.followEdges.findAll(pairs(members))
			.filter((edge) -> edge.value().active())
			.map((edge) -> edge.id())
			.collectList()
			.block());
	}

	/** Returns the ids of the active blocks between some members. */
	public Set<String> activeBlocks(List<String> members) {
		return new TreeSet<>(Flux.fromIterable(pairs(members))
			.flatMap((id) -> this.blockEdges.find(id.split(":", 2)[0], id.split(":", 2)[1]))
			.filter((edge) -> edge.value().active())
			.map((edge) -> edge.id())
			.collectList()
			.block());
	}

	private static List<String> pairs(List<String> members) {
		List<String> pairs = new ArrayList<>();
		members.forEach((one) -> members.forEach((other) -> pairs.add(one + ":" + other)));
		return pairs;
	}

}
