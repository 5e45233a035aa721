package dev.agora.platform.job.mail;

import java.util.Locale;
import java.util.Objects;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;

/** Writes the messages about jobs. */
final class JobMessages {

	private final JavaMailSender sender;

	private final JobMailSettings settings;

	private final JsonMapper json;

	JobMessages(JavaMailSender sender, JobMailSettings settings, JsonMapper json) {
		this.sender = sender;
		this.settings = settings;
		this.json = json;
	}

	/**
	 * Writes the message about a job that has ended. Its {@code Message-ID} is that of
	 * the job, so that a mail system can recognise a message that is sent again. Headers
	 * have no text of a member except the handle, which has letters, digits and
	 * underscores.
	 */
	MimeMessage create(Stored<Job> job, String handle) throws MessagingException {
		MimeMessage message = this.sender.createMimeMessage();
		MimeMessageHelper helper = new MimeMessageHelper(message, "UTF-8");
		helper.setFrom(this.settings.from());
		helper.setTo(this.settings.toAddress(handle));
		helper.setSubject("Agora: " + job.value().kind() + " " + state(job.value()));
		helper.setText(text(job, handle));
		message.setHeader("Message-ID", "<job." + job.id() + "@" + domain() + ">");
		message.setHeader("Auto-Submitted", "auto-generated");
		return message;
	}

	private String text(Stored<Job> stored, String handle) {
		Job job = stored.value();
		StringBuilder text = new StringBuilder("Hello ").append(handle).append(",\n\n");
		text.append("your job ")
			.append(stored.id())
			.append(" (")
			.append(job.kind())
			.append(") ")
			.append(state(job))
			.append(" at ")
			.append(job.finishedAt())
			.append(".\n");
		if (job.result() != null) {
			text.append('\n');
			appendNumbers(text, this.json.readTree(job.result()));
		}
		if (job.error() != null) {
			text.append('\n').append(job.error().detail()).append('\n');
		}
		@Nullable String link = this.settings.toLink(stored.id());
		return (link != null) ? text.append("\nSee ").append(link).append('\n').toString() : text.toString();
	}

	/** A result may be long; its numbers are what the member wants to know. */
	private static void appendNumbers(StringBuilder text, JsonNode result) {
		result.properties()
			.stream()
			.filter((field) -> field.getValue().isNumber())
			.forEach((field) -> text.append(field.getKey())
				.append(": ")
				.append(field.getValue().asString())
				.append('\n'));
	}

	private static String state(Job job) {
		return switch (job.state()) {
			case SUCCEEDED -> "succeeded";
			case FAILED -> "failed";
			case CANCELLED -> "was cancelled";
			case QUEUED, RUNNING -> throw new IllegalStateException("The job has not ended.");
		};
	}

	private String domain() {
		String from = this.settings.from();
		return Objects.requireNonNull(from.substring(from.indexOf('@') + 1)).replace(">", "").toLowerCase(Locale.ROOT);
	}

}
