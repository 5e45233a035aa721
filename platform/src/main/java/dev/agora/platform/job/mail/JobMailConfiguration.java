package dev.agora.platform.job.mail;

import java.time.Clock;
import java.util.Properties;

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

	/** Without these properties, a mail server could hold a thread forever. */
	private static final String[] TIMEOUTS = { "connectiontimeout", "timeout", "writetimeout" };

	private static final String TIMEOUT = "10000";

	@Bean
	static JobMails jobMails(MongoDatabase database, DocumentStore store, Clock clock) {
		return new JobMails(database, store, clock);
	}

	@Bean
	static JobMailer jobMailer(JobMails mails, JobMessages messages, JobMailer.Recipients recipients,
			JavaMailSenderImpl sender, MeterRegistry meters) {
		Properties properties = sender.getJavaMailProperties();
		for (String name : TIMEOUTS) {
			properties.putIfAbsent("mail.smtp." + name, TIMEOUT);
			properties.putIfAbsent("mail.smtps." + name, TIMEOUT);
		}
		return new JobMailer(mails, messages, recipients, sender, meters);
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
