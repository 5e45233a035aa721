package dev.agora.measure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;

/** The loads of {@link ClonesExperiment}, and the members and products that they need. */
final class CloneLoads implements AutoCloseable {

	static final List<String> SERVICES = List.of("product-service", "feed-service", "session-service");

	private static final double QUOTA = 0.1;

	/** For requests that cost the gateway or the load client more than the instance. */
	private static final double SMALL_QUOTA = 0.05;

	private static final int PRODUCTS = 50;

	/** Each follows all others, so that a post has 39 followers. */
	private static final int MEMBERS = 40;

	private static final int POSTS_BEFORE = 200;

	private static final int CONNECTIONS = 8;

	private static final String POST = "{\"text\":\"A post of a measurement, as long as many others are\"}";

	private final AtomicInteger turn = new AtomicInteger();

	private final ApiRequests requests = new ApiRequests();

	private final String api;

	private final SocialMembers members;

	private final List<String> products;

	private final FanOutGate gate;

	CloneLoads(RunningSystem system, String gateway) throws IOException, InterruptedException {
		this.api = gateway + "/api/v1";
		this.members = new SocialMembers(system, SocialGraph.complete(MEMBERS));
		this.products = new Visitor(gateway).newProducts(PRODUCTS);
		this.gate = new FanOutGate(new Redis(system.instances("redis").values().iterator().next()), MEMBERS);
		new MixedLoad(gateway, this.members, 1).post(POSTS_BEFORE, CONNECTIONS);
	}

	/** Returns the loads on the instances of a service. */
	List<CloneLoad> on(CloneGroup group) {
		return switch (group.service()) {
			case "product-service" ->
				List.of(new CloneLoad("cached product", group, (connection) -> readProduct(), SMALL_QUOTA));
			case "session-service" -> List.of(new CloneLoad("session check", group,
					(connection) -> checkSession(group, connection), SMALL_QUOTA));
			default -> List.of(new CloneLoad("feed page", group, (connection) -> readFeed(), QUOTA),
					new CloneLoad("post, 39 followers", group, (connection) -> this.gate.send(post()),
							(loop) -> this.gate.delivered(), QUOTA, this.gate));
		};
	}

	private Mono<String> readProduct() {
		return this.requests.get(this.api + this.products.get(next(PRODUCTS)));
	}

	private Mono<String> readFeed() {
		return this.requests.get(this.api + "/feed", this.members.authorization(next(MEMBERS)));
	}

	private Mono<String> post() {
		return Mono
			.defer(() -> this.requests.post(this.api + "/posts", this.members.authorization(next(MEMBERS)), POST));
	}

	/**
	 * Gateways call session-service themselves, so each connection stays at one instance.
	 */
	private Mono<String> checkSession(CloneGroup sessions, int connection) {
		List<RunningSystem.Instance> serving = sessions.serving();
		String token = this.members.authorization(next(MEMBERS)).substring("Bearer ".length());
		return this.requests.post(serving.get(connection % serving.size()).url() + "/internal/identities",
				"{\"token\":\"%s\",\"audience\":\"product-service\"}".formatted(token));
	}

	private int next(int number) {
		return Math.floorMod(this.turn.getAndIncrement(), number);
	}

	@Override
	public void close() {
		this.gate.close();
	}

}
