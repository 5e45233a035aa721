package dev.agora.gateway.rate;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.auth.TokenSwapFilter;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Two gateways with one Redis; hardly any token is added to a bucket during a test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RateLimitFiltersTests {

	private static final int BURST = 300;

	private final TestRedisServer redis = TestRedisServer.started();

	private final TestService feeds = TestService.responding(200, "{}");

	private final TestGateway one = gateway(this.redis.address());

	private final TestGateway other = gateway(this.redis.address());

	private final TestGateway alone = gateway("redis://127.0.0.1:1");

	private TestGateway gateway(String redis) {
		return TestGateway.with(TestGateway.instances("feed-service", this.feeds.address()),
				"agora.redis.address=" + redis, "agora.redis.command-timeout=2s", "gateway.limit.rate.address=1",
				"gateway.limit.rate.address-burst=" + BURST, "gateway.edge.trusted-proxies=127.0.0.1");
	}

	@BeforeEach
	void clearRequests() {
		this.feeds.clearRequests();
	}

	@AfterAll
	void close() {
		this.one.close();
		this.other.close();
		this.alone.close();
		this.feeds.close();
		this.redis.close();
	}

	@Test
	void countsAnAddressOverAllGateways() {
		int served = 0;
		for (int i = 0; i < BURST; i++) {
			served += served(this.one, "203.0.113.1") + served(this.other, "203.0.113.1");
		}
		// Each gateway may be a round trip ahead, or hold a batch that it does not use.
		assertThat(served).isBetween(BURST - 60, 2 * BURST - 100);
		assertThat(served(this.one, "203.0.113.2")).isEqualTo(1);
	}

	@Test
	void tellsARejectedClientWhenToRetry() {
		while (served(this.one, "203.0.113.3") == 1) {
			assertThat(this.feeds.requests()).hasSizeLessThan(2 * BURST);
		}
		int request = this.feeds.requests().size();
		this.one.client()
			.get()
			.uri("/api/v1/feed")
			.header("X-Forwarded-For", "203.0.113.3")
			.header("Authorization", "Bearer " + "G".repeat(43))
			.exchange()
			.expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.contentType("application/problem+json")
			.expectHeader()
			.valueEquals("Retry-After", "1")
			.expectHeader()
			.valueEquals("RateLimit-Policy", "\"address\";q=300;w=300")
			.expectHeader()
			.valueEquals("RateLimit", "\"address\";r=0;t=1")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:agora:problem:too-many-requests");
		assertThat(this.feeds.requests()).hasSize(request);
	}

	@Test
	void doesNotLimitProbes() {
		while (served(this.other, "203.0.113.6") == 1) {
			assertThat(this.feeds.requests()).hasSizeLessThan(2 * BURST);
		}
		this.other.managementClient()
			.get()
			.uri("/actuator/health/liveness")
			.header("X-Forwarded-For", "203.0.113.6")
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void sendsNoHeadersWhileTheLimitIsHardlyUsed() {
		client(this.one, "203.0.113.4").expectHeader().doesNotExist("RateLimit");
	}

	@Test
	void countsANetworkOfIpv6AsOneAddress() {
		int served = 0;
		for (int i = 0; i < 2 * BURST; i++) {
			served += served(this.one, "2001:db8:0:1::" + Integer.toHexString(i));
		}
		assertThat(served).isLessThan(2 * BURST - 100);
		assertThat(served(this.one, "2001:db8:0:2::1")).isEqualTo(1);
	}

	@Test
	void limitsAloneWhenRedisIsUnavailable() {
		int served = 0;
		for (int i = 0; i < 2 * BURST; i++) {
			served += served(this.alone, "203.0.113.5");
		}
		assertThat(served).isBetween(BURST, 2 * BURST - 100);
	}

	@Test
	void limitsAMember() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		RedissonClient client = this.redis.client();
		try (RedisGuard guard = new RedisGuard(client, this.redis.settings(), meters)) {
			MemberRateLimitFilter filter = new MemberRateLimitFilter(new RateLimitSettings(0, 0, 1, 20, 100),
					new RedisBuckets(client, guard), meters);
			AtomicInteger served = new AtomicInteger();
			for (int i = 0; i < 20; i++) {
				StepVerifier.create(filter.filter(of("0H1"), (exchange) -> Mono.fromRunnable(served::incrementAndGet)))
					.verifyComplete();
			}
			assertThat(served).hasValue(20);
			assertThatRefuses(filter, "0H1");
			StepVerifier.create(filter.filter(of("0H2"), (exchange) -> Mono.empty())).verifyComplete();
			StepVerifier
				.create(filter.filter(MockServerWebExchange.from(MockServerHttpRequest.get("/")),
						(exchange) -> Mono.empty()))
				.verifyComplete();
			assertThat(meters.counter("rate.limited", "kind", "member").count()).isPositive();
		}
		finally {
			client.shutdown();
		}
	}

	private static void assertThatRefuses(MemberRateLimitFilter filter, String member) {
		StepVerifier.create(Mono.defer(() -> filter.filter(of(member), (exchange) -> Mono.empty())).repeat(30))
			.verifyError(TooManyRequests.class);
	}

	private static MockServerWebExchange of(String member) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
		exchange.getAttributes().put(TokenSwapFilter.MEMBER, member);
		return exchange;
	}

	private int served(TestGateway gateway, String address) {
		return (client(gateway, address).returnResult(Void.class).getStatus().value() == 200) ? 1 : 0;
	}

	private static WebTestClient.ResponseSpec client(TestGateway gateway, String address) {
		return gateway.client().get().uri("/api/v1/feed").header("X-Forwarded-For", address).exchange();
	}

}
