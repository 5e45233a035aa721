package dev.agora.system;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import dev.agora.contract.Contract;
import dev.agora.contract.Operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The gateway serves every operation of the contract. {@link Gateway} checks every
 * response of every journey; this journey runs last, uses the operations that no other
 * journey uses, and checks that none is left.
 */
@Order(Integer.MAX_VALUE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContractJourney {

	private static final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(gateway, "Ann");

	@Test
	void servesTheContractAndAPageToReadIt() throws IOException {
		Response contract = gateway.get("/api/v1/openapi.json").expect(200);
		assertThat(contract.body().at("/info/title").asString()).isEqualTo("Agora");
		gateway.get("/api/v1/openapi.json", "If-None-Match", contract.header("ETag")).expect(304);
		assertThat(gateway.get("/api/v1/docs").expect(200).body().asString()).contains("docs/swagger-ui.js");
	}

	@Test
	void returns405WithTheMethodsOfThePath() {
		Contract described = Contract.load();
		Map<String, Set<String>> methods = described.operations()
			.stream()
			.collect(Collectors.groupingBy(described::publicPath,
					Collectors.mapping(Operation::method, Collectors.toCollection(TreeSet::new))));
		methods.forEach(this::assertAllowed);
	}

	private void assertAllowed(String path, Set<String> methods) {
		String other = Stream.of("PUT", "PATCH", "DELETE").filter((each) -> !methods.contains(each)).findFirst().get();
		Response response = gateway.send(other, path.replaceAll("\\{[^/]+}", this.ann.id()), null);
		Set<String> allowed = Set.of(response.expect(405).header("Allow").split(", ?", -1));
		assertThat(without(allowed, Set.of("HEAD", "OPTIONS"))).as(path).isEqualTo(methods);
		assertThat(allowed.contains("HEAD")).as(path).isEqualTo(methods.contains("GET"));
	}

	private static Set<String> without(Set<String> all, Set<String> some) {
		Set<String> rest = new TreeSet<>(all);
		rest.removeAll(some);
		return rest;
	}

	@Test
	void showsAMemberToAnonymousCallers() {
		Response member = gateway.get("/api/v1/members/" + this.ann.id()).expect(200);
		assertThat(gateway.get("/api/v1/members?handle=" + this.ann.handle()).expect(200).body())
			.isEqualTo(member.body());
		gateway.get("/api/v1/members/" + this.ann.id(), "If-None-Match", member.header("ETag")).expect(304);
		gateway.get("/api/v1/members").expect(400);
	}

	@Test
	void showsProductsToAnonymousCallers() {
		String id = this.ann.createProduct("A table", "99.90").expect(201).text("id");
		Response product = gateway.get("/api/v1/products/" + id).expect(200);
		gateway.get("/api/v1/products/" + id, "If-None-Match", product.header("ETag")).expect(304);
		Response list = gateway.get("/api/v1/products?category=books&sort=newest&limit=5&seller=" + this.ann.id());
		assertThat(list.expect(200).body().at("/items/0")).isEqualTo(product.body());
	}

	@Test
	void replacesAndDeletesAProduct() {
		Response product = this.ann.createProduct("A chair", "20.00").expect(201);
		String path = "/api/v1/products/" + product.text("id");
		String body = "{\"title\": \"A chair\", \"category\": \"books\", \"stock\": 2, "
				+ "\"price\": {\"amount\": 18.5, \"currency\": \"EUR\"}}";
		this.ann.send("PUT", path, body).expect(428);
		Response cheaper = this.ann.send("PUT", path, body, "If-Match", product.header("ETag")).expect(200);
		this.ann.send("PUT", path, body, "If-Match", product.header("ETag")).expect(412);
		Member bob = Member.register(gateway, "Bob");
		bob.send("PUT", path, body, "If-Match", cheaper.header("ETag")).expect(403);
		bob.send("DELETE", path, null).expect(403);
		this.ann.send("DELETE", path, null, "If-Match", product.header("ETag")).expect(412);
		this.ann.send("DELETE", path, null).expect(204);
		this.ann.send("DELETE", path, null).expect(204);
		bob.get(path).expect(404);
	}

	@Test
	void showsAndDeletesAPost() {
		String path = "/api/v1/posts/" + this.ann.post("Not for long");
		Response post = this.ann.get(path).expect(200);
		this.ann.get(path, "If-None-Match", post.header("ETag")).expect(304);
		Member.register(gateway, "Bob").send("DELETE", path, null).expect(403);
		this.ann.send("DELETE", path, null).expect(204);
		this.ann.send("DELETE", path, null).expect(204);
		this.ann.get(path).expect(404);
	}

	@Test
	void listsTheMembersThatAMemberFollows() {
		Member bob = Member.register(gateway, "Bob");
		this.ann.follow(bob);
		assertThat(bob.allPages("/api/v1/graph/members/" + this.ann.id() + "/following", "id"))
			.containsExactly(bob.id());
		assertThat(gateway.get("/api/v1/graph/members/" + this.ann.id()).expect(200).body().path("relation").isNull())
			.isTrue();
	}

	@Test
	void returns406ForAnotherMediaType() {
		this.ann.get("/api/v1/feed", "Accept", "text/html").expect(406);
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void everyOperationWasServed() throws IOException, URISyntaxException {
		assumeTrue(PlannedJourneys.contain(allJourneys()), "only some of the journeys run");
		assertThat(ContractChecks.neverServed()).isEmpty();
	}

	private static Set<String> allJourneys() throws IOException, URISyntaxException {
		try (Stream<Path> files = Files.list(Path.of(ContractJourney.class.getResource("").toURI()))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith("Journey.class"))
				.map((name) -> name.replace(".class", ""))
				.collect(Collectors.toSet());
		}
	}

}
