package dev.agora.contract;

import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import static org.assertj.core.api.Assertions.assertThat;

class ContractTests {

	private static final JsonMapper json = new JsonMapper();

	private static final String MEMBER = """
			{"id": "0R7DKM4WV0ZJ6", "handle": "ann", "name": "Ann", "createdAt": "2026-11-24T09:30:00.123Z"}""";

	private static final String PROBLEM = """
			{"type": "urn:agora:problem:not-found", "title": "Not Found", "status": 404, "detail": "No.", "instance": "/api/v1/x",
			"traceId": "2f0c5c0c3f5a4f4e9d5f3c1b7a8e6d21"}""";

	private final Contract contract = Contract.load();

	private final Map<String, String> headers = new HashMap<>(
			Map.of("X-Request-Id", "1", "X-Served-By", "a/b/c", "Content-Type", "application/json", "ETag", "\"1\""));

	@Test
	void everyExampleIsValid() {
		assertThat(this.contract.faultsOfExamples()).isEmpty();
	}

	@Test
	void everyReferenceResolves() {
		assertThat(this.contract.brokenReferences()).isEmpty();
	}

	@Test
	void distinguishesOperationsWithSimilarPaths() {
		assertThat(find("GET", "/api/v1/members/me?x=1")).isEqualTo("GET /members/me");
		assertThat(find("GET", "/api/v1/members/0R7DKM4WV0ZJ6")).isEqualTo("GET /members/{id}");
		assertThat(find("GET", "/api/v1/graph/members/1/friends")).isEqualTo("GET /graph/members/{id}/friends");
		assertThat(find("POST", "/api/v1/feed")).isEqualTo("none");
		assertThat(find("GET", "/members/me")).isEqualTo("none");
		assertThat(find("GET", "/pages/trending")).isEqualTo("GET /pages/trending");
		assertThat(find("GET", "/api/v1/pages/trending")).isEqualTo("none");
	}

	@Test
	void acceptsADescribedResponse() {
		assertThat(faults("GET", "/members/me", null, 200, MEMBER)).isEmpty();
	}

	@Test
	void findsAnUndescribedField() {
		assertThat(faults("GET", "/members/me", null, 200, MEMBER.replace("}", ", \"password\": \"hash\"}")))
			.singleElement()
			.asString()
			.contains("password");
	}

	@Test
	void findsAMissingField() {
		assertThat(faults("GET", "/members/me", null, 200, MEMBER.replace("\"name\": \"Ann\",", ""))).singleElement()
			.asString()
			.contains("name");
	}

	@Test
	void findsAnInvalidTime() {
		assertThat(faults("GET", "/members/me", null, 200, MEMBER.replace("-11-24T", "-13-24T"))).singleElement()
			.asString()
			.contains("createdAt");
	}

	@Test
	void findsAnUndescribedStatus() {
		assertThat(faults("GET", "/members/me", null, 500, "{}")).singleElement().asString().contains("status");
	}

	@Test
	void findsAMissingAndAnInvalidHeader() {
		this.headers.remove("ETag");
		this.headers.put("X-Served-By", "somebody");
		assertThat(faults("GET", "/members/me", null, 200, MEMBER)).satisfiesExactlyInAnyOrder(
				(fault) -> assertThat(fault).contains("ETag"), (fault) -> assertThat(fault).contains("X-Served-By"));
	}

	@Test
	void findsABodyWhereNoneIsDescribed() {
		assertThat(faults("PUT", "/graph/following/1", null, 204, null)).isEmpty();
		assertThat(faults("PUT", "/graph/following/1", null, 204, "{}")).singleElement().asString().contains("empty");
	}

	@Test
	void findsAnInvalidRequestThatWasServed() {
		this.headers.put("Location", "/api/v1/members/0R7DKM4WV0ZJ6");
		assertThat(faults("POST", "/members", "{\"handle\": \"ann\", \"name\": \"Ann\"}", 201, MEMBER)).singleElement()
			.asString()
			.contains("password");
		assertThat(faults("POST", "/members", null, 201, MEMBER)).singleElement().asString().contains("without a body");
		assertThat(faults("GET", "/members/me?colour=red", null, 200, MEMBER)).singleElement()
			.asString()
			.contains("colour");
	}

	@Test
	void findsAnUndescribedOperationThatWasServed() {
		assertThat(faults("GET", "/secrets", null, 200, "{}")).singleElement().asString().contains("operation");
		this.headers.put("Content-Type", "application/problem+json");
		assertThat(faults("GET", "/secrets", null, 404, PROBLEM)).isEmpty();
		assertThat(faults("GET", "/secrets", null, 404, "{}")).isNotEmpty();
	}

	@Test
	void findsAnErrorWithoutAProblem() {
		assertThat(faults("GET", "/members/me", null, 404, PROBLEM)).singleElement().asString().contains("media type");
	}

	private String find(String method, String target) {
		return this.contract.find(exchange(method, target, null, 200, null)).map(Operation::toString).orElse("none");
	}

	private List<String> faults(String method, String target, @Nullable String requestBody, int status,
			@Nullable String body) {
		return this.contract.faults(exchange(method, "/api/v1" + target, requestBody, status, body));
	}

	private Exchange exchange(String method, String target, @Nullable String requestBody, int status,
			@Nullable String body) {
		Map<String, List<String>> listed = new TreeMap<>();
		this.headers.forEach((name, value) -> listed.put(name, List.of(value)));
		JsonNode responseBody = (body != null) ? json.readTree(body) : MissingNode.getInstance();
		return new Exchange(method, target, requestBody, status, HttpHeaders.of(listed, (name, value) -> true),
				responseBody);
	}

}
