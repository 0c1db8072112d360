//! What stands under each figure in a plan: title, caption, alternative text and citation, as text, Markdown and a page to look through.

use std::fmt::Write as _;

use super::changes::escaped;
use super::make::Made;
use super::plan::Plan;
use super::record::Failure;

/// Everything in plain text, to be copied from.
#[must_use]
pub fn text(plan: &Plan, figures: &[Made<'_>], failed: &[Failure]) -> String {
    let mut text = format!("{}\n", plan.title);
    if !plan.introduction.is_empty() {
        let _ = writeln!(text, "\n{}", plan.introduction.trim());
    }
    for made in figures {
        let figure = &made.figure;
        let _ = write!(text, "\nFigure {}. {}\n", made.number, figure.title);
        for (head, words) in [("Caption", &figure.caption), ("Alternative text", &figure.alternative), ("Citation", &figure.citation)] {
            let _ = writeln!(text, "{head}: {words}");
        }
    }
    for failure in failed {
        let _ = write!(text, "\nFigure {}, {}, could not be made: {}\n", failure.number, failure.id, failure.problem);
    }
    text
}

/// The same in Markdown.
#[must_use]
pub fn markdown(plan: &Plan, figures: &[Made<'_>], failed: &[Failure]) -> String {
    let mut text = format!("# {}\n", escaped(&plan.title));
    if !plan.introduction.is_empty() {
        let _ = writeln!(text, "\n{}", escaped(plan.introduction.trim()));
    }
    for made in figures {
        let figure = &made.figure;
        let _ = write!(text, "\n## Figure {}. {}\n\n{}\n", made.number, escaped(&figure.title), escaped(&figure.caption));
        let _ = write!(text, "\n- Alternative text: {}\n- Citation: {}\n", escaped(&figure.alternative), escaped(&figure.citation));
        let _ = writeln!(text, "- Files: {}", made.files.iter().map(|(name, _)| format!("[{}]({name})", escaped(name))).collect::<Vec<_>>().join(", "));
    }
    for failure in failed {
        let _ = write!(text, "\n## Figure {}\n\n{} could not be made: {}\n", failure.number, escaped(&failure.id), escaped(&failure.problem));
    }
    text
}

/// A page without scripts that shows every figure with its caption and files.
#[must_use]
pub fn page(plan: &Plan, figures: &[Made<'_>], failed: &[Failure], whole: &[String]) -> String {
    let mut body = String::new();
    let links = |names: &mut dyn Iterator<Item = &String>| names.map(|name| format!("<a href=\"{0}\">{0}</a>", html(name))).collect::<Vec<_>>().join(", ");
    for made in figures {
        let figure = &made.figure;
        let (title, alternative, caption) = (html(&figure.title), html(&figure.alternative), html(&figure.caption));
        let pictures: Vec<&String> = made.pictures().collect();
        let _ = write!(body, "<section id=\"figure-{0}\">\n<h2>Figure {0}. {title}</h2>\n<figure>\n", made.number);
        for (page, picture) in pictures.iter().enumerate() {
            let words = if page == 0 { alternative.clone() } else { format!("{title}, page {}", page + 1) };
            let _ = writeln!(body, "<img src=\"{}\" alt=\"{words}\">", html(picture));
        }
        let _ = write!(body, "<figcaption>{caption}</figcaption>\n</figure>\n<p>Citation: {}</p>\n", html(&figure.citation));
        let _ = write!(body, "<p>Files: {}</p>\n</section>\n", links(&mut made.files.iter().map(|(name, _)| name)));
    }
    for failure in failed {
        let (id, problem) = (html(&failure.id), html(&failure.problem));
        let _ = writeln!(body, "<section>\n<h2>Figure {}</h2>\n<p>{id} could not be made: {problem}</p>\n</section>", failure.number);
    }
    let contents = figures.iter().map(|made| format!("<li value=\"{0}\"><a href=\"#figure-{0}\">{1}</a></li>\n", made.number, html(&made.figure.title)));
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'\">\n\
<title>{0}</title>\n<style>\nbody {{ font-family: sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.5; color: #222; }}\n\
figure {{ margin: 0; }}\nimg {{ max-width: 100%; border: 1px solid #ccc; }}\nh2 {{ margin-top: 3rem; }}\n</style>\n</head>\n<body>\n\
<h1>{0}</h1>\n<p>{1}</p>\n<p>Whole atlas: {2}</p>\n<nav aria-label=\"Figures\">\n<ol>\n{3}</ol>\n</nav>\n{body}</body>\n</html>\n",
        html(&plan.title),
        html(plan.introduction.trim()),
        links(&mut whole.iter()),
        contents.collect::<String>()
    )
}

/// Text as HTML shows it.
fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
