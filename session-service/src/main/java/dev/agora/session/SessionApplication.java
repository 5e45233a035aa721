package dev.agora.session;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.platform.cache.RedissonConfiguration;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.stream.KafkaConfiguration;
import dev.agora.platform.web.HandlerConfiguration;
import dev.agora.platform.web.WebConfiguration;
import dev.agora.session.account.AccountController;
import dev.agora.session.account.MemberListener;
import dev.agora.session.login.Failures;
import dev.agora.session.login.Identities;
import dev.agora.session.login.IdentityController;
import dev.agora.session.login.KnownAddresses;
import dev.agora.session.login.Lifetimes;
import dev.agora.session.login.LoginAttempts;
import dev.agora.session.login.LoginController;
import dev.agora.session.login.LoginLimitSettings;
import dev.agora.session.login.LoginSettings;
import dev.agora.session.login.Revocations;
import dev.agora.session.login.SessionCache;
import dev.agora.session.login.SessionController;
import dev.agora.session.login.Sessions;
import dev.agora.session.login.SigningKeys;
import dev.agora.session.login.SigningSettings;
import dev.agora.session.login.TokenIssuer;
import dev.agora.session.login.Tokens;
import dev.agora.session.member.Credentials;
import dev.agora.session.member.MemberCache;
import dev.agora.session.member.MemberController;
import dev.agora.session.member.MemberSettings;
import dev.agora.session.member.Members;
import dev.agora.session.member.PasswordSettings;
import dev.agora.session.member.Passwords;

/** The session-service: what it is made of. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties({ MemberSettings.class, PasswordSettings.class, LoginSettings.class,
		LoginLimitSettings.class, SigningSettings.class })
@Import({ WebConfiguration.class, //
		HandlerConfiguration.class, //
		MongoConfiguration.class, //
		RedissonConfiguration.class, //
		KafkaConfiguration.class, //
		MemberController.class, //
		Members.class, //
		MemberCache.class, //
		Passwords.class, //
		Credentials.class, //
		AccountController.class, //
		MemberListener.class, //
		LoginController.class, //
		LoginAttempts.class, //
		Failures.class, //
		KnownAddresses.class, //
		SessionController.class, //
		Tokens.class, //
		Lifetimes.class, //
		Sessions.class, //
		Revocations.class, //
		SessionCache.class, //
		IdentityController.class, //
		Identities.class, //
		TokenIssuer.class, //
		SigningKeys.class })
public class SessionApplication {

	public static void main(String[] args) {
		SpringApplication.run(SessionApplication.class, args);
	}

}
