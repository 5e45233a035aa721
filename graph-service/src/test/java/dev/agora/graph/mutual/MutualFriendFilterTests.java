package dev.agora.graph.mutual;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.Shared;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.web.Consistency;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the filter with the controller, which serves the other media types. */
@ExtendWith(Shared.class)
class MutualFriendFilterTests {

	/** Names that JSON must escape, or that have several bytes a character. */
	private static final List<String> NAMES = List.of("Anna \"the\" \\ <b>", "Žofie \u2028 👩‍👧", "\t\u0001/", "ben");

	private static final String JSON = "application/json";

	private static final String NEGOTIATED = "application/json;q=0.9";

	private static StartedMutualService service;

	@BeforeAll
	static void share(StartedMutualService shared) {
		service = shared.begin();
	}

	@AfterAll
	static void check() {
		service.check();
	}

	@ParameterizedTest
	@ValueSource(longs = { 12, 122 })
	void respondsAsTheControllerOnARandomGraph(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		List<MemberCard> members = IntStream.range(0, 10)
			.mapToObj((number) -> service.member("m" + number, NAMES.get(number % NAMES.size())))
			.toList();
		boolean[][] friends = befriend(members, random);
		for (int viewer = 0; viewer < 2; viewer++) {
			for (int other = 0; other < members.size() - 1; other++) {
				List<String> expected = common(members, friends[viewer], friends[other]);
				for (int limit : new int[] { 1, 3, 100 }) {
					assertThat(readAll(members.get(viewer), members.get(other), limit)).isEqualTo(expected);
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource
	void respondsAsTheControllerTo(String path, Map<String, String> headers) {
		MemberCard anna = service.member("anna", "anna");
		MemberCard ben = service.member("ben", "ben");
		service.befriend(anna, ben);
		String uri = path.formatted(ben.id());
		String identity = service.identity(anna);
		assertThat(read(uri, identity, JSON, headers)).isEqualTo(read(uri, identity, NEGOTIATED, headers));
	}

	static Stream<Object[]> respondsAsTheControllerTo() {
		String path = "/graph/members/%s/mutual-friends";
		return Stream.of(new Object[] { path, Map.of() }, //
				new Object[] { path, Map.of(HttpHeaders.IF_NONE_MATCH, "*") },
				new Object[] { path, Map.of(HttpHeaders.IF_NONE_MATCH, "\"1\"") },
				new Object[] { path, Map.of(Consistency.HEADER, "strong") },
				new Object[] { path, Map.of(Consistency.HEADER, "eventual") },
				new Object[] { path, Map.of(Consistency.HEADER, "weak") },
				new Object[] { path, Map.of(Identity.HEADER, "no identity") },
				new Object[] { path + "?limit=0", Map.of() }, new Object[] { path + "?limit=101", Map.of() },
				new Object[] { path + "?limit=", Map.of() }, new Object[] { path + "?limit=1&limit=2", Map.of() },
				new Object[] { path + "?cursor=x", Map.of() }, new Object[] { path + "?cursor=", Map.of() },
				new Object[] { path + "?cursor=0000000000000", Map.of() },
				new Object[] { path + "?cursor=zzzzzzzzzzzzz", Map.of() },
				new Object[] { path + "?unknown=1", Map.of() }, new Object[] { path + "/", Map.of() },
				new Object[] { "/graph/members/0000000000000/mutual-friends", Map.of() },
				new Object[] { "/graph/members/nobody/mutual-friends?limit=0", Map.of() });
	}

	@Test
	void servesThePlainReadsAlone() {
		assertThat(isServed(MockServerHttpRequest.get(path()).header(Identity.HEADER, "i"))).isTrue();
		assertThat(isServed(MockServerHttpRequest.get(path()).header(Identity.HEADER, "i").header("Accept", "*/*")))
			.isTrue();
		assertThat(isServed(MockServerHttpRequest.get(path()).header(Identity.HEADER, "i").header("Accept", JSON)))
			.isTrue();
		assertThat(isServed(MockServerHttpRequest.get(path()))).isFalse();
		assertThat(isServed(MockServerHttpRequest.head(path()).header(Identity.HEADER, "i"))).isFalse();
		assertThat(isServed(MockServerHttpRequest.post(path()).header(Identity.HEADER, "i"))).isFalse();
		assertThat(
				isServed(MockServerHttpRequest.get(path()).header(Identity.HEADER, "i").header("Accept", NEGOTIATED)))
			.isFalse();
		assertThat(isServed(
				MockServerHttpRequest.get(path()).header(Identity.HEADER, "i").header(Consistency.HEADER, "strong")))
			.isFalse();
	}

	private static String path() {
		return "/graph/members/0SAX0RSKMBGW0/mutual-friends";
	}

	private static boolean isServed(MockServerHttpRequest.BaseBuilder<?> request) {
		return MutualFriendFilter.servedMember(MockServerWebExchange.from(request.build())) != null;
	}

	/**
	 * The name of the operation in the metrics is the same, and each read counts once.
	 */
	@Test
	void countsItsReads() {
		MemberCard anna = service.member("anna", "anna");
		service.call(anna, HttpMethod.GET, "/graph/members/" + anna.id() + "/mutual-friends").expectStatus().isOk();
		long before = reads();
		service.call(anna, HttpMethod.GET, "/graph/members/" + anna.id() + "/mutual-friends").expectStatus().isOk();
		assertThat(reads()).isEqualTo(before + 1);
	}

	private static long reads() {
		return service.context()
			.getBean(MeterRegistry.class)
			.get("http.server.requests")
			.tag("uri", "/graph/members/{id}/mutual-friends")
			.tag("status", "200")
			.timer()
			.count();
	}

	/** Makes random friends; one member has blocked another, and one is deleted. */
	private static boolean[][] befriend(List<MemberCard> members, SplittableRandom random) {
		boolean[][] friends = new boolean[members.size()][members.size()];
		for (int one = 0; one < members.size(); one++) {
			for (int other = one + 1; other < members.size(); other++) {
				if (random.nextInt(10) < 7) {
					service.befriend(members.get(one), members.get(other));
					friends[one][other] = true;
					friends[other][one] = true;
				}
			}
		}
		service.block(members.get(3), members.get(0));
		friends[3][0] = false;
		friends[0][3] = false;
		TestProjections.deleteMember(service.context().getBean(DocumentStore.class), members.get(9).id(), 2).block();
		return friends;
	}

	/** The last member is deleted, so nobody sees them. */
	private static List<String> common(List<MemberCard> members, boolean[] ones, boolean[] others) {
		List<String> common = new ArrayList<>();
		for (int number = members.size() - 2; number >= 0; number--) {
			if (ones[number] && others[number]) {
				common.add(members.get(number).id());
			}
		}
		return common;
	}

	/** Reads all pages by the filter and by the controller. */
	private static List<String> readAll(MemberCard viewer, MemberCard other, int limit) {
		String path = "/graph/members/" + other.id() + "/mutual-friends?limit=" + limit;
		String identity = service.identity(viewer);
		List<String> found = new ArrayList<>();
		for (String next = ""; next != null;) {
			String uri = path + (next.isEmpty() ? "" : "&cursor=" + next);
			Response filtered = read(uri, identity, JSON, Map.of());
			assertThat(filtered).isEqualTo(read(uri, identity, NEGOTIATED, Map.of()));
			JsonNode page = JsonMapper.shared().readTree(filtered.body());
			assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
			page.path("items").forEach((card) -> found.add(card.path("id").asString()));
			next = page.path("next").isNull() ? null : page.path("next").asString();
		}
		return found;
	}

	private static Response read(String uri, String identity, String accept, Map<String, String> headers) {
		EntityExchangeResult<byte[]> result = service.client().method(HttpMethod.GET).uri(uri).headers((sent) -> {
			sent.set(Identity.HEADER, identity);
			sent.set(HttpHeaders.ACCEPT, accept);
			sent.set("X-Request-Id", "same");
			sent.set("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
			sent.setAll(headers);
		}).exchange().expectBody().returnResult();
		byte @Nullable [] body = result.getResponseBody();
		return new Response(result.getStatus().value(), Map.copyOf(result.getResponseHeaders().toSingleValueMap()),
				new String((body != null) ? body : new byte[0], StandardCharsets.UTF_8));
	}

	/** The parts of a response that a client may depend on. */
	private record Response(int status, Map<String, String> headers, String body) {
	}

}
