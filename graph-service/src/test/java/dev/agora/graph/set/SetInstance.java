package dev.agora.graph.set;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import dev.agora.graph.TestGraph;
import dev.agora.graph.count.GraphObserver;
import dev.agora.graph.count.MemberGraphChange;
import dev.agora.graph.count.TieWriter;
import dev.agora.graph.follow.Follows;
import dev.agora.graph.tie.TieKind;
import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestRedisServer;

/** The sets of one instance, whose writes of follows change them as in the service. */
public final class SetInstance implements AutoCloseable {

	public final TestGraph graph;

	public final Follows follows;

	public final IdSets sets;

	public final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	/** The changes that this instance has applied. */
	public final List<MemberGraphChange> changes = new CopyOnWriteArrayList<>();

	private final RedissonClient client;

	private final RedisGuard redis;

	private final SetStore store;

	public SetInstance(TestGraph graph, TestRedisServer server, SetSettings settings) {
		this(graph, server, settings, false);
	}

	/** Creates an instance that uses a server like a cluster. */
	SetInstance(TestGraph graph, TestRedisServer server, SetSettings settings, boolean isCluster) {
		this.graph = graph;
		this.client = server.client();
		this.redis = new RedisGuard(this.client, server.settings(), this.meters);
		CacheSettings cache = new CacheSettings(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(30),
				Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(25), Duration.ofSeconds(30), 128,
				Duration.ofSeconds(5));
		SetOrigin origin = new SetOrigin(graph.ties, graph.graphs, cache, settings);
		this.store = new SetStore(this.redis, settings, isCluster);
		this.sets = new IdSets(this.redis, this.store, origin, new SetLoader(this.store, origin, cache, this.meters),
				this.meters);
		GraphObserver observer = (some) -> this.sets.onChanges(some)
			.doOnSuccess((applied) -> this.changes.addAll(some));
		TieWriter writer = new TieWriter(graph.ties, graph.graphs,
				new StaticListableBeanFactory(Map.of("sets", observer)).getBeanProvider(GraphObserver.class));
		this.follows = new Follows(graph.followEdges, graph.blockEdges, graph.separation, writer, graph.cards);
	}

	public static SetSettings settings(int maxIds) {
		return new SetSettings(maxIds, Duration.ofMinutes(15));
	}

	public Mono<Void> follow(String follower, String followee) {
		return this.follows.follow(TestGraph.card(follower), TestGraph.card(followee));
	}

	/** Reads one set from the cache, or from MongoDB if it is too large. */
	public Mono<Set<String>> read(TieKind kind, String owner) {
		return this.sets.findAll(kind, List.of(owner)).map((found) -> ids(found.get(owner)));
	}

	/** Stores a set in Redis as the holder of its lease does. */
	public Mono<Boolean> store(TieKind kind, String owner, List<String> ids) {
		SetLease lease = new SetLease(kind, owner, owner, Duration.ofSeconds(30));
		IdSet set = IdSet.of(ids.stream().mapToLong(IdGenerator::toNumber).toArray());
		return this.store.acquire(lease).then(this.store.store(lease, new SetOrigin.LoadedSet(0, set)));
	}

	/** Returns how many loads of MongoDB ended with a result. */
	public long loads(String result) {
		return this.meters.timer("graph.sets.loads", "result", result).count();
	}

	private static Set<String> ids(IdSet set) {
		Collection<String> ids = set.isTooLarge() ? List.of("too large") : set.ids();
		return new TreeSet<>(ids);
	}

	@Override
	public void close() {
		this.sets.close();
		this.redis.close();
		this.client.shutdown();
	}

}
