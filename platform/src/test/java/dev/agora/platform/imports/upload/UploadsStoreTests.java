package dev.agora.platform.imports.upload;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import dev.agora.platform.digest.Sha256;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.RequestAborted;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.AdjustableClock;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class UploadsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final long MAX = 3L * Chunker.CHUNK_SIZE;

	private static int databases;

	private final AdjustableClock clock = new AdjustableClock();

	private MongoDatabase database;

	private DocumentStore store;

	private Uploads uploads;

	@BeforeEach
	void open() {
		this.database = mongo.database("uploads" + databases++);
		this.store = new DocumentStore(this.database, new JsonMapper(), this.clock);
		this.uploads = new Uploads(this.database, this.store, new IdGenerator(Clock.systemUTC()), this.clock);
		this.store.migrate().block();
	}

	@AfterAll
	static void stop() {
		mongo.commands().requireTargeted(Map.of("aggregate uploads by nothing", "this test counts all chunks"));
		mongo.close();
	}

	private static DataBuffer buffer(byte[] bytes) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

	/** Divides a file into pieces of random lengths. */
	private static Flux<DataBuffer> pieces(byte[] file) {
		Random random = new Random(file.length);
		List<DataBuffer> pieces = new ArrayList<>();
		for (int at = 0; at < file.length;) {
			int end = Math.min(file.length, at + 1 + random.nextInt(100_000));
			pieces.add(buffer(Arrays.copyOfRange(file, at, end)));
			at = end;
		}
		return Flux.fromIterable(pieces);
	}

	private byte[] read(Upload upload) {
		return Objects.requireNonNull(DataBufferUtils.join(this.uploads.read(upload)).map((all) -> {
			byte[] bytes = new byte[all.readableByteCount()];
			all.read(bytes);
			return bytes;
		}).block());
	}

	private long chunks() {
		return Objects.requireNonNull(
				Mono.from(this.database.getCollection("uploads", BsonDocument.class).countDocuments()).block());
	}

	@ParameterizedTest
	@ValueSource(
			ints = { 1, Chunker.CHUNK_SIZE - 1, Chunker.CHUNK_SIZE, Chunker.CHUNK_SIZE + 1, 3 * Chunker.CHUNK_SIZE })
	void readsAFileAsItWasUploaded(int length) {
		byte[] file = "é\n".repeat(length / 3 + 1).substring(0, length - length / 3).getBytes(StandardCharsets.UTF_8);
		Upload upload = Objects.requireNonNull(this.uploads.store(pieces(file), MAX).block());
		assertThat(upload.bytes()).isEqualTo(file.length);
		assertThat(upload.digest()).isEqualTo(Sha256.hex(file));
		assertThat(upload.lines()).isEqualTo(new String(file, StandardCharsets.UTF_8).lines().count());
		assertThat(read(upload)).isEqualTo(file);
		this.uploads.delete(upload).block();
		assertThat(chunks()).isZero();
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> read(upload));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb\n", "a\r\nb", "a\rb\r", "\n\n", "a\n\r" })
	void countsLinesOfEachKind(String file) {
		Upload upload = this.uploads.store(pieces(file.getBytes(StandardCharsets.UTF_8)), MAX).block();
		assertThat(upload).extracting(Upload::lines).isEqualTo(2L);
	}

	@Test
	void refusesAFileThatIsNotUtf8AndKeepsNothing() {
		byte[] file = ("é\n".repeat(100_000) + "x").getBytes(StandardCharsets.UTF_8);
		file[file.length - 1] = (byte) 0xE9;
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> this.uploads.store(pieces(file), MAX).block())
			.satisfies((refused) -> assertThat(refused.errors().get(0).message()).contains("line 100001"));
		byte[] overlong = { 'a', (byte) 0xC0, (byte) 0xAF, '\n' };
		assertThatExceptionOfType(InvalidRequest.class)
			.isThrownBy(() -> this.uploads.store(pieces(overlong), MAX).block());
		assertThat(chunks()).isZero();
	}

	@Test
	void refusesAnEmptyAndATooLongFileAndKeepsNothing() {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> this.uploads.store(Flux.empty(), MAX).block());
		byte[] tooLong = "x".repeat((int) MAX + 1).getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(DataBufferLimitException.class)
			.isThrownBy(() -> this.uploads.store(pieces(tooLong), MAX).block());
		assertThat(chunks()).isZero();
	}

	@Test
	void keepsNothingOfAnUploadThatBreaksOff() {
		Flux<DataBuffer> reset = pieces(new byte[2 * Chunker.CHUNK_SIZE]).concatWith(Mono.error(new RequestAborted()));
		assertThatExceptionOfType(RequestAborted.class).isThrownBy(() -> this.uploads.store(reset, MAX).block());
		assertThat(chunks()).isZero();
	}

	@Test
	void keepsNothingOfAnUploadThatIsCancelledDuringAnInsertion() {
		mongo.delayNext("insert", "uploads", Duration.ofSeconds(1));
		Sinks.Many<DataBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
		Disposable upload = this.uploads.store(body.asFlux(), MAX).subscribe();
		int before = mongo.count("insert", "uploads");
		body.tryEmitNext(buffer(new byte[Chunker.CHUNK_SIZE]));
		await().atMost(Duration.ofSeconds(30)).until(() -> mongo.count("insert", "uploads") > before);
		int deletions = mongo.count("delete", "uploads");
		upload.dispose();
		await().atMost(Duration.ofSeconds(30)).until(() -> mongo.count("delete", "uploads") > deletions);
		await().atMost(Duration.ofSeconds(30)).until(() -> chunks() == 0);
	}

	@Test
	void keepsNothingWhenTheStoreFails() {
		byte[] file = new byte[2 * Chunker.CHUNK_SIZE];
		Flux<DataBuffer> body = pieces(file).concatWith(Flux.defer(() -> {
			mongo.stepDownAt("insert", "uploads", false);
			return Flux.just(buffer(new byte[Chunker.CHUNK_SIZE]));
		}));
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> this.uploads.store(body, MAX).block());
		assertThat(chunks()).isZero();
	}

	@Test
	void receivesLittleMoreThanItHasWritten() {
		int before = mongo.count("insert", "uploads");
		AtomicInteger received = new AtomicInteger();
		AtomicInteger ahead = new AtomicInteger();
		Flux<DataBuffer> body = Flux.<DataBuffer>generate((sink) -> {
			ahead.accumulateAndGet(received.incrementAndGet() - (mongo.count("insert", "uploads") - before), Math::max);
			sink.next(buffer(new byte[Chunker.CHUNK_SIZE]));
		}).take(40);
		assertThat(this.uploads.store(body, 40L * Chunker.CHUNK_SIZE).block()).extracting(Upload::chunks).isEqualTo(40);
		assertThat(ahead.get()).isLessThanOrEqualTo(4);
	}

	@Test
	void deletesTheChunksOfADeadInstance() {
		this.uploads.store(pieces(new byte[10]), MAX).block();
		this.clock.advance(Uploads.TTL.minusMinutes(1));
		this.store.purgeExpired().block();
		assertThat(chunks()).isEqualTo(1);
		this.clock.advance(Duration.ofMinutes(3));
		this.store.purgeExpired().block();
		assertThat(chunks()).isZero();
	}

}
