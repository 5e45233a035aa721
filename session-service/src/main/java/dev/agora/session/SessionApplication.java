package dev.agora.session;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.platform.cache.CacheConfiguration;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.exports.ExportConfiguration;
import dev.agora.platform.exports.ExportRequestListener;
import dev.agora.platform.imports.ImportConfiguration;
import dev.agora.platform.imports.UploadListener;
import dev.agora.platform.job.JobConfiguration;
import dev.agora.platform.job.web.JobController;
import dev.agora.platform.job.web.JobEventsController;
import dev.agora.platform.kafka.KafkaConfiguration;
import dev.agora.platform.web.ServiceWebConfiguration;
import dev.agora.platform.web.WebConfiguration;
import dev.agora.session.account.AccountController;
import dev.agora.session.account.MemberListener;
import dev.agora.session.consistency.SessionSources;
import dev.agora.session.exports.ExportedSources;
import dev.agora.session.identity.Identities;
import dev.agora.session.identity.IdentityController;
import dev.agora.session.identity.TokenIssuer;
import dev.agora.session.imports.ImportedMembers;
import dev.agora.session.imports.MemberImportController;
import dev.agora.session.imports.MemberImportHandler;
import dev.agora.session.login.FailureCounter;
import dev.agora.session.login.LoginAttempts;
import dev.agora.session.login.LoginController;
import dev.agora.session.login.LoginLimitSettings;
import dev.agora.session.member.BulkRegistrations;
import dev.agora.session.member.Credentials;
import dev.agora.session.member.MemberCache;
import dev.agora.session.member.MemberController;
import dev.agora.session.member.MemberSettings;
import dev.agora.session.member.Members;
import dev.agora.session.operator.Operators;
import dev.agora.session.operator.OperatorsEndpoint;
import dev.agora.session.password.PasswordSettings;
import dev.agora.session.password.Passwords;
import dev.agora.session.session.KnownAddresses;
import dev.agora.session.session.RevocationPublisher;
import dev.agora.session.session.SessionCache;
import dev.agora.session.session.SessionController;
import dev.agora.session.session.SessionExpiry;
import dev.agora.session.session.SessionSettings;
import dev.agora.session.session.Sessions;
import dev.agora.session.session.Tokens;
import dev.agora.session.signing.SigningKeys;
import dev.agora.session.signing.SigningSettings;

/** The session-service and the components that it consists of. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties({ MemberSettings.class, PasswordSettings.class, SessionSettings.class,
		LoginLimitSettings.class, SigningSettings.class })
@Import({ WebConfiguration.class, //
		ServiceWebConfiguration.class, //
		MongoConfiguration.class, //
		CacheConfiguration.class, //
		KafkaConfiguration.class, //
		SessionSources.class, //
		JobConfiguration.class, //
		JobController.class, //
		JobEventsController.class, //
		ImportConfiguration.class, //
		UploadListener.class, //
		ExportConfiguration.class, //
		ExportRequestListener.class, //
		ExportedSources.class, //
		MemberController.class, //
		Members.class, //
		MemberCache.class, //
		Passwords.class, //
		Credentials.class, //
		MemberImportController.class, //
		MemberImportHandler.class, //
		ImportedMembers.class, //
		BulkRegistrations.class, //
		AccountController.class, //
		MemberListener.class, //
		LoginController.class, //
		LoginAttempts.class, //
		FailureCounter.class, //
		KnownAddresses.class, //
		SessionController.class, //
		Tokens.class, //
		SessionExpiry.class, //
		Sessions.class, //
		RevocationPublisher.class, //
		SessionCache.class, //
		Operators.class, //
		OperatorsEndpoint.class, //
		IdentityController.class, //
		Identities.class, //
		TokenIssuer.class, //
		SigningKeys.class })
public class SessionApplication {

	public static void main(String[] args) {
		SpringApplication.run(SessionApplication.class, args);
	}

}
