package dev.agora.launcher.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The data of one run.
 *
 * @param names the names of the members by handle
 * @param authors the members who send requests of their own
 * @param products products, each with the handle of its seller
 * @param books products of one seller, imported as a file
 * @param follows who follows whom
 * @param posts texts of posts, each with the handle of its author
 */
record LoadData(Map<String, String> names, Set<String> authors, List<Map.Entry<String, NewProduct>> products,
		List<NewProduct> books, Set<Follow> follows, List<Map.Entry<String, String>> posts) {

	private static final String SELLER = "bookshop";

	/** The demo data, in the order in which its random numbers are drawn. */
	static LoadData demo(DemoData demo) {
		List<Map.Entry<String, NewProduct>> products = demo.products();
		Set<Follow> follows = demo.follows();
		return new LoadData(demo.members(), demo.members().keySet(), products, List.of(), follows, demo.posts());
	}

	static LoadData ofFiles(List<NewProduct> books, Collection<Follow> edges) {
		Map<String, String> names = new LinkedHashMap<>();
		if (!books.isEmpty()) {
			names.put(SELLER, "The Bookshop");
		}
		for (Follow follow : edges) {
			names.putIfAbsent(follow.follower(), "Reed " + follow.follower().substring(EdgeFile.PREFIX.length()));
		}
		Set<String> authors = books.isEmpty() ? Set.of() : Set.of(SELLER);
		return new LoadData(names, authors, new ArrayList<>(), books, new LinkedHashSet<>(edges), List.of());
	}

	/** Loads as members, with single requests; returns how many were refused. */
	int load(DataLoader loader) throws InterruptedException {
		Set<String> acting = loader.findFollowers(this.follows);
		acting.addAll(this.authors);
		int refused = loader.loadMembers(this.names, acting) + loadProducts(loader);
		return refused + loader.loadFollows(this.follows) + loader.loadPosts(this.posts);
	}

	/** Loads members and follows as an operator; returns how many were refused. */
	int load(DataLoader loader, OperatorImports imports) throws InterruptedException {
		int refused = loader.importMembers(imports, this.names);
		Map<String, String> acting = new LinkedHashMap<>(this.names);
		acting.keySet().retainAll(this.authors);
		refused += loader.loadMembers(acting, this.authors) + loadProducts(loader);
		return refused + loader.importFollows(imports, this.follows) + loader.loadPosts(this.posts);
	}

	private int loadProducts(DataLoader loader) throws InterruptedException {
		return loader.loadProducts(this.products) + loader.importProducts(SELLER, this.books);
	}

}
