package dev.agora.product.page.render;

import java.util.List;
import java.util.function.Consumer;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.product.catalog.ProductView;
import dev.agora.product.page.PagePath;
import dev.agora.product.page.PageSettings;
import dev.agora.product.page.html.JtelistGenerated;
import dev.agora.product.page.html.JtemessageGenerated;
import dev.agora.product.page.html.JteproductGenerated;
import dev.agora.product.page.store.PageContent;

/** Renders pages by the templates, which escape every value. */
public final class PageRenderer {

	/**
	 * The revision of the templates. Raise it with each change of a template or a view,
	 * so that the pages of the new build replace those of the build before.
	 */
	public static final int REVISION = 1;

	private static final String WEBSITE = "website";

	private final PageSettings settings;

	private final Stylesheet stylesheet;

	private final JsonLd jsonLd;

	public PageRenderer(PageSettings settings, Stylesheet stylesheet, JsonMapper json) {
		this.settings = settings;
		this.stylesheet = stylesheet;
		this.jsonLd = new JsonLd(json);
	}

	/** Renders the page of a product. */
	public PageContent product(ProductView product) {
		String url = this.settings.urlOf(PagePath.toPublic(PagePath.ofProduct(product.id())));
		HeadView head = new HeadView(product.title(), PageText.summary(product), "product", url,
				PageText.webAddress(product.imageUrl()), this.stylesheet.path(), this.jsonLd.ofProduct(product, url));
		ProductPageView view = ProductPageView.of(head, product);
		return render((output) -> JteproductGenerated.render(output, null, view));
	}

	/** Renders the page of a category with its newest products. */
	public PageContent category(String category, List<ProductView> products) {
		return list(PagePath.ofCategory(category), category, "The newest products in this category.", products);
	}

	/** Renders the page of the products that are in demand. */
	public PageContent trending(List<ProductView> products) {
		String lead = products.isEmpty() ? "There are no trending products at the moment."
				: "Products that members view, review and post about.";
		return list(PagePath.TRENDING, "Trending", lead, products);
	}

	/** Renders the page that is shown in place of one that does not exist. */
	public PageContent message(String title, String text) {
		HeadView head = new HeadView(title, text, WEBSITE, null, null, this.stylesheet.path(), null);
		return render((output) -> JtemessageGenerated.render(output, null, head));
	}

	private PageContent list(String path, String title, String lead, List<ProductView> products) {
		HeadView head = new HeadView(title, lead, WEBSITE, url(path), null, this.stylesheet.path(), null);
		ListPageView view = new ListPageView(head, title, lead, products.stream().map(CardView::of).toList());
		return render((output) -> JtelistGenerated.render(output, null, view));
	}

	private @Nullable String url(String path) {
		return this.settings.urlOf(PagePath.toPublic(path));
	}

	private static PageContent render(Consumer<HtmlTemplateOutput> template) {
		StringOutput output = new StringOutput();
		template.accept(new OwaspHtmlTemplateOutput(output));
		return PageContent.of(PageText.valid(output.toString()));
	}

}
