package dev.agora.platform.imports;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.imports.upload.ImportSettings;
import dev.agora.platform.imports.upload.Upload;
import dev.agora.platform.imports.upload.Uploads;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.TestJobs;
import dev.agora.platform.testing.TestMongoServer;

class ImportJobsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final DocumentStore store = mongo.store();

	private final TestJobs jobs = new TestJobs(this.store, Clock.systemUTC(), Map.of());

	private final Uploads uploads = new Uploads(mongo.database("uploads"), this.store,
			new IdGenerator(Clock.systemUTC()), Clock.systemUTC());

	private final ImportJobs imports = new ImportJobs(this.jobs.jobs(), this.uploads, this.store,
			new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("agora.imports",
					ImportSettings.class),
			TestJobs.environment(Clock.systemUTC()));

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void aFileHasAJobAlthoughTheClientDisconnectsBeforeTheJobIsSubmitted() {
		mongo.delayNext("find", "jobs", Duration.ofSeconds(1));
		Disposable request = this.imports.submit("import", "ada", new File(upload("u")), null).subscribe();
		Awaitility.await("the submission has begun").until(() -> mongo.count("find", "jobs") > 0);
		request.dispose();
		Awaitility.await("the job is submitted").until(() -> isQueued(1));
	}

	private boolean isQueued(long count) {
		return Long.valueOf(count).equals(this.jobs.jobs().count(JobState.QUEUED).block());
	}

	private static Upload upload(String id) {
		return new Upload(id, 1, 10, 1, "0".repeat(64));
	}

	private record File(Upload upload) implements ImportParameters {

		@Override
		public Object content() {
			return this.upload.digest();
		}

	}

}
