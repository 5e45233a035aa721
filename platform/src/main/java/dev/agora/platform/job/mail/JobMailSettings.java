package dev.agora.platform.job.mail;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The e-mails about jobs that have ended, which are sent if {@code spring.mail.host}
 * names a mail server.
 *
 * @param from the address of the sender
 * @param to the address of a member, in which {@code {handle}} is the member's handle:
 * Agora does not know the addresses of its members
 * @param link the address of a page about the job, in which {@code {id}} is the job's id,
 * or null for none
 */
@ConfigurationProperties("agora.jobs.mail")
public record JobMailSettings(@DefaultValue("") String from, @DefaultValue("") String to, @Nullable String link) {

	private static final String HANDLE = "{handle}";

	private static final String ID = "{id}";

	/** The largest handle. */
	private static final String EXAMPLE = "a".repeat(30);

	/**
	 * Refuses addresses to which no mail could be sent.
	 * @throws IllegalStateException if one of them is missing or malformed
	 */
	void requireAddresses() {
		if (!MailAddress.isValid(this.from)) {
			throw new IllegalStateException(
					"agora.jobs.mail.from must be an e-mail address, since spring.mail.host is set.");
		}
		if (!this.to.contains(HANDLE) || !MailAddress.isValid(toAddress(EXAMPLE))) {
			throw new IllegalStateException(
					"agora.jobs.mail.to must be an e-mail address with {handle}, since spring.mail.host is set.");
		}
	}

	/** Returns the address of a member. */
	String toAddress(String handle) {
		return this.to.replace(HANDLE, handle);
	}

	/** Returns the address of the page about a job, or null if there is none. */
	@Nullable String toLink(String jobId) {
		return (this.link != null) ? this.link.replace(ID, jobId) : null;
	}

}
