package dev.agora.feed.exports;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.mongodb.reactivestreams.client.MongoDatabase;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import dev.agora.platform.job.JobState;
import dev.agora.platform.job.mail.JobMailListener;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.Shared;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends the mail about an export to a mail server. */
@ExtendWith(Shared.class)
class ExportMailTests {

	private static TestExports service;

	@BeforeAll
	static void share(TestExports shared) {
		service = shared;
	}

	@Test
	void theMemberReceivesAMailWithoutASecret() throws Exception {
		MemberCard ann = service.member("ann");
		String id = service.start(ann);
		service.complete(id, ann);
		assertThat(service.part(JobMailListener.class).group()).isEqualTo("feed.job-mails");
		Date now = Date.from(Instant.now());
		Mono.from(service.part(MongoDatabase.class)
			.getCollection("jobMails")
			.insertOne(new Document("_id", id).append("attempts", 0).append("due", now).append("createdAt", now)))
			.block();
		Awaitility.await("the mail arrives")
			.atMost(Duration.ofMinutes(1))
			.until(() -> service.mailServer().getReceivedMessages().length == 1);
		MimeMessage mail = service.mailServer().getReceivedMessages()[0];
		assertThat(mail.getSubject()).isEqualTo("Agora: export-data succeeded");
		assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(ann.handle() + "@example.org");
		assertThat(GreenMailUtil.getBody(mail)).contains("records: 4").doesNotContain("http");
	}

}
