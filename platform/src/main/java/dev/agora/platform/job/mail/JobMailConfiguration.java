package dev.agora.platform.job.mail;

import java.time.Clock;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.member.MemberProjection;

/** Configures the mails about jobs, if there is a mail server. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("spring.mail.host")
@EnableConfigurationProperties(JobMailSettings.class)
public class JobMailConfiguration {

	@Bean
	static JobMails jobMails(MongoDatabase database, DocumentStore store, Clock clock) {
		return new JobMails(database, store, clock);
	}

	@Bean
	static JobMailer jobMailer(JobMails mails, JobMessages messages, JobMailer.Recipients recipients,
			MailTransport transport, MeterRegistry meters) {
		return new JobMailer(mails, messages, recipients, transport, meters);
	}

	@Bean
	static MailTransport mailTransport(JavaMailSenderImpl sender) {
		return new MailTransport(sender, MailTransport.TIMEOUT);
	}

	@Bean
	static JobMailer.Recipients jobMailRecipients(Jobs jobs, MemberProjection members) {
		return new JobMailer.Recipients(jobs, members);
	}

	@Bean
	static JobMessages jobMessages(JavaMailSenderImpl sender, JobMailSettings settings, JsonMapper json) {
		settings.requireAddresses();
		return new JobMessages(sender, settings, json);
	}

}
