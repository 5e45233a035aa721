package dev.agora.feed.exports;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.nimbusds.jose.JOSEException;
import org.bson.BsonDocument;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.feed.FeedApplication;
import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.exports.ExportPartEvent;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobError;
import dev.agora.platform.job.JobEvent;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.SharedContext;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestEvents;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.platform.web.Idempotency;

/**
 * The whole feed-service while Redis and Kafka are unavailable. A test sends the parts of
 * the services.
 */
final class TestExports implements AutoCloseable {

	static final List<String> SERVICES = List.of("feed-service", "graph-service", "product-service", "session-service");

	private static final String COUNT = "a test counts the chunks";

	/** The commands that may query all shards, each with its reason. */
	private static final Map<String, String> BROADCASTS = Map.of("find exportChunks by nothing", COUNT,
			"find jobs by $or, removedAt, value.owner, value.state", "the open exports of a member are listed",
			"aggregate jobs by value.owner, value.state", "the open jobs of one owner are counted",
			"find exports by removedAt, value.member", "an export ends, or its member is deleted",
			"find jobMails by due", "due mails are few, and found by an index");

	private final TestMongoServer mongo = new TestMongoServer();

	private final GreenMail mailServer = new GreenMail(ServerSetup.SMTP.dynamicPort());

	private final TestCallers callers = TestCallers.of("feed-service");

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final ConfigurableApplicationContext context;

	private final WebTestClient client;

	TestExports() throws IOException, JOSEException {
		this.mailServer.start();
		this.context = SharedContext.start(FeedApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + this.mongo.uri(),
				"--agora.identity.jwks=" + this.callers.jwks(Files.createTempDirectory("feed-service")),
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s", "--spring.mail.host=127.0.0.1",
				"--spring.mail.port=" + this.mailServer.getSmtp().getPort(), "--agora.jobs.mail.from=shop@example.org",
				"--agora.jobs.mail.to={handle}@example.org", "--logging.config=classpath:logback-test.xml",
				"--logging.level.org.apache.kafka=OFF");
		this.client = WholeResponses
			.client("http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port"))
			.mutate()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.build();
	}

	GreenMail mailServer() {
		return this.mailServer;
	}

	<T> T part(Class<T> type) {
		return this.context.getBean(type);
	}

	MemberCard member(String name) {
		String id = this.ids.next();
		MemberCard card = new MemberCard(id, name + "_" + id.toLowerCase(Locale.ROOT), name);
		TestProjections.upsertMember(part(DocumentStore.class), card, 1).block();
		return card;
	}

	ResponseSpec call(HttpMethod method, String path, MemberCard caller, String... key) {
		return this.client.method(method).uri(path).headers((headers) -> {
			headers.set(Identity.HEADER, this.callers.identity(caller.id(), caller.handle()));
			headers.setAll((key.length > 0) ? Map.of(Idempotency.HEADER, key[0]) : Map.of());
		}).exchange();
	}

	WebTestClient client() {
		return this.client;
	}

	/** Starts an export and returns its id. */
	String start(MemberCard member) {
		return body(call(HttpMethod.POST, "/feed/exports", member).expectStatus().isAccepted()).path("id").asString();
	}

	/** Submits an export beside others, as a concurrent request would. */
	String submit(MemberCard member) {
		return Objects
			.requireNonNull(
					part(Jobs.class).submit(ExportHandler.KIND, member.id(), Map.of(), Optional.empty()).block())
			.id();
	}

	/** Requests the parts of an export, as its first run does. */
	void request(String export, MemberCard member) {
		part(Exports.class).request(export, member.id()).block();
	}

	/** Sends the complete part of a service in chunks. */
	void send(String export, String service, String run, String... chunks) {
		for (int number = 1; number <= chunks.length; number++) {
			sendChunk(export, service, run, number, chunks[number - 1]);
		}
		complete(export, service, run, chunks.length);
	}

	void sendChunk(String export, String service, String run, int number, String text) {
		part(ExportAssembly.class).add(new ExportPartEvent.Collected(export, service, run, number, text)).block();
	}

	void complete(String export, String service, String run, int chunks) {
		part(ExportAssembly.class).complete(new ExportPartEvent.Completed(export, service, run, chunks, chunks))
			.block();
	}

	/** Sends a part of each service, runs the job, and stores its result. */
	void complete(String export, MemberCard member) {
		request(export, member);
		SERVICES.forEach((service) -> send(export, service, "1", service + "\n"));
		end(export, JobState.SUCCEEDED);
	}

	/** Runs the job as a worker does after the export has waited for a service. */
	ExportResult run(String export) {
		return run(export, part(ExportHandler.class));
	}

	ExportResult run(String export, ExportHandler handler) {
		Instant now = Instant.now();
		Stored<Job> job = change(export, (queued) -> queued.claim("run", now));
		Job waiting = next(job.value().awaitAvailability("run", new JobError("unavailable", ""), now, now));
		Job waited = next(waiting.claim("run", now));
		try {
			return Objects.requireNonNull(handler
				.run(new JobRun(new Stored<>(export, job.version(), waited, now, now, 0), JsonMapper.shared()))
				.block());
		}
		finally {
			change(export, (running) -> running.giveBack("run"));
		}
	}

	private static Job next(Change<Job> change) {
		return Objects.requireNonNull(change.next());
	}

	/** Ends the job, and delivers the event of its end. */
	void end(String export, JobState state) {
		Instant now = Instant.now();
		Jobs jobs = part(Jobs.class);
		change(export,
				(queued) -> (state == JobState.CANCELLED) ? queued.cancel(jobs.retention()) : queued.claim("run", now));
		String result = (state == JobState.SUCCEEDED) ? JsonMapper.shared().writeValueAsString(runClaimed(export))
				: "{}";
		Stored<Job> ended = change(export,
				(running) -> (state == JobState.FAILED)
						? running.fail("run", new JobError("no", "No."), jobs.retention())
						: running.succeed("run", result, jobs.retention()));
		part(ExportJobListener.class)
			.apply(TestEvents.received(export, 1, now,
					new JobEvent.Ended(ExportHandler.KIND, ended.value().owner(), state, now)))
			.block();
	}

	private ExportResult runClaimed(String export) {
		Stored<Job> job = Objects.requireNonNull(part(Jobs.class).find(export).block());
		return Objects.requireNonNull(
				part(ExportHandler.class).run(new JobRun(job, JsonMapper.shared())).block(Duration.ofMinutes(1)));
	}

	private Stored<Job> change(String id, Function<Job, Change<Job>> decision) {
		return Objects.requireNonNull(part(Jobs.class).change(id, (stored) -> decision.apply(stored.value())).block());
	}

	/** Counts the stored chunks of an export. */
	long chunksOf(String export) {
		return Objects.requireNonNull(
				Flux.from(part(MongoDatabase.class).getCollection("exportChunks", BsonDocument.class).find())
					.filter((chunk) -> chunk.getString("_id").getValue().startsWith(export))
					.count()
					.block());
	}

	static JsonNode body(ResponseSpec response) {
		return JsonMapper.shared()
			.readTree(Objects.requireNonNull(response.expectBody(String.class).returnResult().getResponseBody()));
	}

	@Override
	public void close() {
		this.context.close();
		this.mailServer.stop();
		this.mongo.commands().requireTargeted(BROADCASTS);
		this.mongo.commands().requireIndexed(Map.of("find exportChunks by nothing", COUNT));
		this.mongo.close();
	}

}
