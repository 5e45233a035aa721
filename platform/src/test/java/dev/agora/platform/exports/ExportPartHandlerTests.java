package dev.agora.platform.exports;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobAborted;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.kafka.TestPublisher;
import dev.agora.platform.kafka.TestPublisher.Sent;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExportPartHandlerTests {

	private static final String EXPORT = "0SAX3JKRPM3GA";

	private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

	private final TestPublisher brokers = new TestPublisher("product-service");

	private final ExportPartHandler handler = handler(
			ExportSource.of("review", (member) -> Flux.just(Map.of("text", "ä\u0000\uD83D\uDE00 \"quoted\""))),
			ExportSource.of("product",
					(member) -> Flux.range(0, 3000).map((number) -> Map.of("title", "x".repeat(100)))));

	@Test
	void sendsEveryRecordAndThenTheirNumber() {
		this.handler.run(run(LATER)).block();
		List<Sent> sent = this.brokers.sent();
		Sent last = sent.get(sent.size() - 1);
		List<String> lines = textOf(sent).lines().toList();
		assertThat(lines).hasSize(3001);
		assertThat(lines.get(0))
			.isEqualTo("{\"service\":\"product-service\",\"type\":\"product\",\"data\":{\"title\":\"" + "x".repeat(100)
					+ "\"}}");
		assertThat(JsonMapper.shared().readTree(lines.get(3000)).at("/data/text").asString())
			.isEqualTo("ä\u0000\uD83D\uDE00 \"quoted\"");
		assertThat(last.type()).isEqualTo("export-part.completed");
		assertThat(last.data().path("records").asInt()).isEqualTo(3001);
		assertThat(last.data().path("chunks").asInt()).isEqualTo(sent.size() - 1).isGreaterThan(2);
	}

	@Test
	void numbersTheChunksOfARunUnderOneKey() {
		this.handler.run(run(LATER)).block();
		List<Sent> sent = this.brokers.sent();
		assertThat(sent).extracting(Sent::version)
			.containsExactlyElementsOf(IntStream.rangeClosed(1, sent.size()).boxed().toList());
		assertThat(sent).extracting(Sent::key).containsOnly(sent.get(0).key());
		assertThat(sent.get(0).key()).isEqualTo(EXPORT + ":" + sent.get(0).data().path("run").asString());
		assertThat(sent).extracting(Sent::topic).containsOnly("product.export-parts.v1");
	}

	/**
	 * Between two runs the records may change, so that their chunks do not fit together.
	 */
	@Test
	void aRepeatedRunHasAnIdOfItsOwn() {
		this.handler.run(run(LATER)).block();
		this.handler.run(run(LATER)).block();
		assertThat(this.brokers.sent().stream().map(Sent::key).distinct()).hasSize(2);
	}

	@Test
	void aMemberWithoutRecordsHasAnEmptyPart() {
		handler(ExportSource.of("none", (member) -> Flux.empty())).run(run(LATER)).block();
		assertThat(this.brokers.sent()).singleElement()
			.satisfies((sent) -> assertThat(sent.data().path("chunks").asInt(-1)).isZero());
	}

	@Test
	void waitsForUnavailableBrokersAndNeverCompletesAPartWithAGap() {
		this.brokers.setAvailable(false);
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> this.handler.run(run(LATER)).block());
		assertThat(this.brokers.sent()).isEmpty();
		this.brokers.setAvailable(true);
		this.handler.run(run(LATER)).block();
		assertThat(textOf(this.brokers.sent()).lines()).hasSize(3001);
	}

	@Test
	void failsIfARecordCannotBeRead() {
		ExportPartHandler broken = handler(ExportSource.of("product",
				(member) -> Flux.<Object>just("a").concatWith(Mono.error(new IllegalStateException("no")))));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> broken.run(run(LATER)).block());
		assertThat(this.brokers.sent()).isEmpty();
	}

	@Test
	void sendsNothingOnceThePartIsNoLongerAwaited() {
		this.handler.run(run(Instant.now().minusMillis(1))).block();
		assertThat(this.brokers.sent()).isEmpty();
	}

	@Test
	void stopsWhenTheJobIsCancelled() {
		JobRun run = run(LATER);
		run.end();
		assertThatExceptionOfType(JobAborted.class).isThrownBy(() -> this.handler.run(run).block());
		assertThat(this.brokers.sent()).hasSize(1);
	}

	private ExportPartHandler handler(ExportSource... sources) {
		Build build = new Build("product-service", "1", "test");
		ExportPartPublisher publisher = new ExportPartPublisher(this.brokers.publisher(), build, JsonMapper.shared(),
				Clock.systemUTC());
		return new ExportPartHandler(List.of(sources), publisher, build, JsonMapper.shared(), Clock.systemUTC());
	}

	private static JobRun run(Instant until) {
		String parameters = JsonMapper.shared()
			.writeValueAsString(new ExportPartRequest(EXPORT, "0SAX3JKRPM3GB", until));
		Job job = Objects.requireNonNull(
				Job.submit(ExportPartHandler.KIND, "exports:0SAX3JKRPM3GB", parameters, Instant.EPOCH).next());
		return new JobRun(new Stored<>("0SAX3JKRPM3GC", 1, job, Instant.EPOCH, Instant.EPOCH, 0), JsonMapper.shared());
	}

	private static String textOf(List<Sent> sent) {
		return sent.stream()
			.filter((event) -> event.type().equals("export-part.collected"))
			.map((event) -> event.data().path("text").asString())
			.collect(Collectors.joining());
	}

}
