package dev.agora.platform.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Sends JSON that a service cannot or must not read. */
@SpringBootTest(classes = SampleApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.application.name=sample-service", "agora.instance=sample-service-7" })
@AutoConfigureWebTestClient
class JsonBodiesTests {

	@Autowired
	private WebTestClient client;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"title": "x", "count": 1           | body
			{"title": "x", "count": "many"}     | count
			{"title": "x", "count": "1"}        | count
			{"title": 5, "count": 1}            | title
			{"title": true, "count": 1}         | title
			{"title": "x", "count": 99999999999} | count
			{"title": "x", "count": 1.5}        | count
			{"title": ["x"], "count": 1}        | title
			{"title": "x", "count": 1, "z": 2}  | z
			{"title": "x", "count": 0}          | count
			{"title": "", "count": 1}           | title
			{"title": "x", "count": 1, "more": {"deep": "no"}} | more.deep
			[]                                  | body
			7                                   | body
			{"title": "x", "count": 1} {}       | body
			{"title": "x", "count": 1e999999999} | count
			{"title": "x", "count": 1e2147483647} | count
			{"title": "x", "count": 1e-2147483647} | count
			{"title": "x", "count": 2147483648} | count
			{"title": "x", "count": 1e10}       | count
			{"title": "x", "count": 0.5e0}      | count
			{"title": "x", "count": NaN}        | body
			{"title": "x", "count": Infinity}   | body
			{"title": "x", "count": {}}         | count
			{"title": "x", "count": [1]}        | count
			{"title": "x", "count": true}       | count
			{"title": "x", "title": "x", "count": 1} | title
			{"title": "x", "count": 1, "count": 2} | count
			{"title": "x", "count": 1, "more": {"deep": 1, "deep": 1}} | more.deep
			{"title": "x", "\\u0074itle": "x"}  | title
			{"title": "x", "\\ud800": 1}        | body
			{"title": "\\ud800", "count": 1}    | title
			{"title": "x\\u202e", "count": 1}   | title
			{"title": "\\ufeff", "count": 1}    | title
			\ufeff{"title": "x", "count": 1}    | body
			""")
	void namesTheInvalidField(String body, String field) {
		this.client.post()
			.uri("/samples")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo(field)
			.jsonPath("$.traceId")
			.isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "3", "3.0", "3e0", "3.000", "30e-1", "0.3e1", "3E+0" })
	void acceptsAWholeNumberInAnyNotation(String number) {
		this.client.post()
			.uri("/samples")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"title\": \"x\", \"count\": %s}".formatted(number))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.count")
			.isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16BE", "UTF-16LE", "UTF-32BE", "ISO-8859-1" })
	void refusesOtherCharsetsThanUtf8(String charset) {
		assertRefused("{\"title\": \"\u00e9\", \"count\": 1}".getBytes(Charset.forName(charset)));
	}

	/** Overlong forms of a slash, half of a surrogate pair, a lone continuation byte. */
	@ParameterizedTest
	@ValueSource(strings = { "C0AF", "E080AF", "F08080AF", "EDA080", "BF", "F4908080", "C3" })
	void refusesMalformedUtf8(String title) {
		byte[] malformed = HexFormat.of().parseHex(title);
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes("{\"title\": \"".getBytes(StandardCharsets.UTF_8));
		body.writeBytes(malformed);
		body.writeBytes("\", \"count\": 1}".getBytes(StandardCharsets.UTF_8));
		assertRefused(body.toByteArray());
	}

	@Test
	void refusesJsonThatIsNestedTooDeeplyOrTooLong() {
		assertRefused(("{\"title\": " + "[".repeat(50_000)).getBytes(StandardCharsets.UTF_8));
		assertRefused("[".repeat(50_000).getBytes(StandardCharsets.UTF_8));
		assertRefused(("{\"title\": \"x\", \"count\": 1" + "0".repeat(100_000) + "}").getBytes(StandardCharsets.UTF_8));
		assertRefused(("{\"title\": \"x\", \"count\": 1e1" + "0".repeat(500) + "}").getBytes(StandardCharsets.UTF_8));
	}

	private void assertRefused(byte[] body) {
		this.client.post()
			.uri("/samples")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].message")
			.isNotEmpty();
	}

}
