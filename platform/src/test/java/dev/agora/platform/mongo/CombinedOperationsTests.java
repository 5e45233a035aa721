package dev.agora.platform.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import dev.agora.platform.tracing.ActiveSpan;

import static org.assertj.core.api.Assertions.assertThat;

class CombinedOperationsTests {

	private final List<List<Integer>> commands = new ArrayList<>();

	@Test
	void sendsAnOperationAtOnceWhenNoneIsInFlight() {
		CombinedOperations<Integer, String> operations = new CombinedOperations<>(CombinedOperationsTests::span,
				this::answer);

		StepVerifier.create(operations.send(1)).expectNext("1").verifyComplete();
		StepVerifier.create(operations.send(2)).expectNext("2").verifyComplete();

		assertThat(this.commands).containsExactly(List.of(1), List.of(2));
	}

	@Test
	void sendsTogetherWhatBeganWhileCommandsWereInFlight() {
		List<Sinks.Empty<Void>> servers = new ArrayList<>();
		CombinedOperations<Integer, String> operations = new CombinedOperations<>(CombinedOperationsTests::span,
				(inputs) -> {
					Sinks.Empty<Void> server = Sinks.empty();
					servers.add(server);
					return server.asMono().then(answer(inputs));
				});
		List<String> results = new ArrayList<>();

		IntStream.range(0, 6).forEach((input) -> operations.send(input).subscribe(results::add));
		servers.get(0).tryEmitEmpty();
		servers.get(1).tryEmitEmpty();
		servers.get(2).tryEmitEmpty();

		assertThat(this.commands).containsExactly(List.of(0), List.of(1), List.of(2, 3, 4, 5));
		assertThat(results).containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5");
	}

	@Test
	void boundsTheSizeOfACommand() {
		Sinks.One<Boolean> start = Sinks.one();
		CombinedOperations<Integer, String> operations = new CombinedOperations<>(CombinedOperationsTests::span,
				(inputs) -> start.asMono().then(answer(inputs)));

		Mono<List<String>> all = Flux.range(0, 250).flatMap(operations::send, 250).collectList();
		StepVerifier.create(all.doOnSubscribe((subscription) -> start.tryEmitEmpty()))
			.assertNext((results) -> assertThat(results).hasSize(250))
			.verifyComplete();

		assertThat(this.commands).allSatisfy((command) -> assertThat(command.size()).isLessThanOrEqualTo(100));
	}

	@Test
	void failsOnlyTheOperationThatTheCommandFailedFor() {
		Sinks.One<Boolean> start = Sinks.one();
		CombinedOperations<Integer, String> operations = new CombinedOperations<>(CombinedOperationsTests::span,
				(inputs) -> start.asMono()
					.then(inputs.contains(3) ? Mono.error(new IllegalArgumentException("3 is refused"))
							: answer(inputs)));
		List<String> results = new ArrayList<>();

		IntStream.range(0, 6)
			.forEach((input) -> operations.send(input)
				.onErrorResume((failure) -> Mono.just(failure.getMessage()))
				.subscribe(results::add));
		start.tryEmitEmpty();

		assertThat(results).containsExactlyInAnyOrder("0", "1", "2", "3 is refused", "4", "5");
	}

	@ParameterizedTest
	@MethodSource("failuresOfTheServer")
	void failsAllOperationsOfACommandThatTheServerCannotServe(Throwable planted) {
		Sinks.One<Boolean> start = Sinks.one();
		CombinedOperations<Integer, String> operations = new CombinedOperations<>(CombinedOperationsTests::span,
				(inputs) -> {
					this.commands.add(inputs);
					return start.asMono().then(Mono.error(planted));
				});
		List<Throwable> failures = new ArrayList<>();

		IntStream.range(0, 6).forEach((input) -> operations.send(input).subscribe((result) -> {
		}, failures::add));
		start.tryEmitEmpty();

		assertThat(failures).hasSize(6).allSatisfy((failure) -> assertThat(failure).isEqualTo(planted));
		assertThat(this.commands).hasSize(3);
	}

	private static Stream<Throwable> failuresOfTheServer() {
		ServerAddress server = new ServerAddress();
		BulkWriteError full = new BulkWriteError(14031, "Disk is full", new BsonDocument(), 0);
		return Stream.of(new MongoTimeoutException("no server"), new MongoException(371, "User writes are blocked"),
				new MongoBulkWriteException(BulkWriteResult.unacknowledged(), List.of(full), null, server, Set.of()));
	}

	@Test
	void continuesAfterAFailure() {
		CombinedOperations<Integer, String> operations = new CombinedOperations<>(CombinedOperationsTests::span,
				(inputs) -> inputs.contains(1) ? Mono.error(new MongoTimeoutException("no server")) : answer(inputs));

		StepVerifier.create(operations.send(1)).verifyError(MongoTimeoutException.class);
		StepVerifier.create(operations.send(2)).expectNext("2").verifyComplete();
	}

	private Mono<List<String>> answer(List<Integer> inputs) {
		return Mono.fromSupplier(() -> {
			this.commands.add(inputs);
			return inputs.stream().map(String::valueOf).toList();
		});
	}

	private static SpanBuilder span(ActiveSpan parent) {
		return parent.child("combined", SpanKind.CLIENT);
	}

}
