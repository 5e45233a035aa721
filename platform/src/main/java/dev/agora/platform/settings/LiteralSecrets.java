package dev.agora.platform.settings;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Binds credentials literally. In all other settings Spring Boot replaces {@code ${name}}
 * by the value of another setting and drops the backslash before a {@code $}, which would
 * change a password that holds such characters.
 */
public final class LiteralSecrets implements ConfigurationPropertiesBindHandlerAdvisor {

	private static final Set<String> NAMES = Set.of("agora.kafka.login.username", "agora.kafka.login.password",
			"agora.redis.username", "agora.redis.password", "agora.mongodb.uri", "agora.pages.target.access-key",
			"agora.pages.target.secret-key", "spring.mail.username", "spring.mail.password");

	@Override
	public BindHandler apply(BindHandler handler) {
		return new LiteralHandler(handler);
	}

	private static final class LiteralHandler extends AbstractBindHandler {

		LiteralHandler(BindHandler parent) {
			super(parent);
		}

		@Override
		public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Object result) {
			String literal = literal(name, context);
			return super.onSuccess(name, target, context, (literal != null) ? literal : result);
		}

		/**
		 * Binds a credential that cannot be resolved, such as one that refers to itself.
		 */
		@Override
		public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) throws Exception {
			String literal = literal(name, context);
			return (literal != null) ? literal : super.onFailure(name, target, context, error);
		}

		private static @Nullable String literal(ConfigurationPropertyName name, BindContext context) {
			ConfigurationProperty property = context.getConfigurationProperty();
			return (property != null && NAMES.contains(name.toString())) ? property.getValue().toString() : null;
		}

	}

}
