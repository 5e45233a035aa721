package dev.agora.browser;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one browser for all journeys, which receive it in their constructors. */
final class SharedBrowser implements BeforeAllCallback, ParameterResolver {

	@Override
	public void beforeAll(ExtensionContext context) {
		find(context);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Browser.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return find(context);
	}

	/** The store closes the browser after the last journey. */
	private static Browser find(ExtensionContext context) {
		return context.getRoot()
			.getStore(Namespace.create(SharedBrowser.class))
			.computeIfAbsent(Browser.class, (type) -> new Browser(), Browser.class);
	}

}
