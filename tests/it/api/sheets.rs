//! Map sheets: any link of the page on paper, in words that can be quoted, the same every time.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use needsmap::server::{Link, Settings};

use crate::client::{ask, ask_by_road, refusal, send, service};

/// Every view of the page, by its link.
const VIEWS: [&str; 10] = [
    "",
    "measure=imd-2019.score&within=E07000001&method=quantiles&classes=3&points=practices,hospitals,housing-sites",
    "measure=none&within=E07000000&points=practices",
    "view=area&area=E07000001",
    "view=area&area=E01000003",
    "view=practice&practice=A00001&flows=yes&shade=share-of-area",
    "view=practice&lon=-0.8&lat=52.76&metres=1500",
    "view=travel",
    "view=travel&travel-ask=reach&travel-at=hospitals&travel-minutes=5,10",
    "view=growth&practice=A00001",
];

fn described(link: &str) -> serde_json::Value {
    let answer = ask(&format!("/api/sheets/map?{link}&f=json"));
    assert_eq!(answer.status, StatusCode::OK, "{link}: {}", answer.text());
    answer.json()
}

#[test]
fn a_sheet_is_described_with_everything_that_stands_on_it() {
    insta::assert_json_snapshot!(described("within=E07000001&points=practices,hospitals"));
}

#[test]
fn every_view_of_the_page_says_in_words_what_it_shows() {
    let said = VIEWS.map(|link| {
        let sheet = described(link);
        let words =
            ["title", "subtitle", "caption", "alternative", "direction", "citation", "link"].map(|name| format!("{name}: {}", sheet[name].as_str().unwrap()));
        assert!(sheet["alternative"].as_str().unwrap().chars().count() <= 600, "{link}");
        let notes: Vec<String> = sheet["notes"].as_array().unwrap().iter().map(|note| format!("note: {}", note.as_str().unwrap())).collect();
        let tables: Vec<String> =
            sheet["tables"].as_array().unwrap().iter().map(|table| format!("{} ({})", table["name"].as_str().unwrap(), table["rows"])).collect();
        format!("?{link}\n{}\n{}\ntables: {}", words.join("\n"), notes.join("\n"), tables.join(", "))
    });
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn every_view_is_drawn_in_every_format() {
    for link in VIEWS {
        for (f, media_type, start) in [
            ("pdf", "application/pdf", b"%PDF".as_slice()),
            ("svg", "image/svg+xml", b"<"),
            ("png", "image/png", b"\x89PNG"),
            ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", b"PK"),
        ] {
            // Slides carry a copy in pixels: one of them shows that they are made.
            if f == "pptx" && !link.is_empty() {
                continue;
            }
            let answer = ask(&format!("/api/sheets/map?{link}&f={f}&dpi=72"));
            assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, media_type), "{link} {f}: {}", answer.text());
            assert!(answer.body.starts_with(start), "{link} {f}");
        }
    }
}

#[test]
fn a_sheet_is_a_pdf_on_a4_unless_asked_otherwise_and_has_as_many_pages_as_it_says() {
    let sheet = ask("/api/sheets/map?view=area&area=E07000001");
    assert_eq!(sheet.header("content-type"), "application/pdf");
    assert_eq!(sheet.header("content-disposition"), "inline; filename=\"profile-of-west-wold.pdf\"");
    let pages = described("view=area&area=E07000001")["pages"].as_u64().unwrap();
    assert!(pages >= 2, "{pages}");
    assert_eq!(ask(&format!("/api/sheets/map?view=area&area=E07000001&f=svg&page={pages}")).status, StatusCode::OK);
    assert!(refusal(&format!("/api/sheets/map?view=area&area=E07000001&f=svg&page={}", pages + 1)).contains(" page: "));
}

#[test]
fn the_same_link_gives_the_same_bytes_from_another_start_of_the_program() {
    let again = service(&Settings::default());
    for (link, f) in VIEWS.iter().flat_map(|link| [(link, "pdf"), (link, "svg")]).chain([(&"", "pptx")]) {
        let address = format!("/api/sheets/map?{link}&f={f}");
        let request = Request::builder().uri(&address).body(Body::empty()).unwrap();
        assert!(send(again.clone(), request).body == ask(&address).body, "{address}");
    }
}

#[test]
fn words_that_only_move_the_screen_change_nothing() {
    let plain = ask("/api/sheets/map?within=E07000001&f=svg").body;
    let moved = ask("/api/sheets/map?f=svg&within=E07000001&map=-0.8,52.75,11&read=table&sort=value&travel-table=sites&site=1&view=need").body;
    assert!(plain == moved);
    let framed = ask("/api/sheets/map?f=svg&within=E07000001&map=-0.8,52.75,13&frame=view").body;
    assert!(plain != framed);
}

#[test]
fn numbers_of_other_definitions_and_methods_stay_in_a_link_and_are_not_asked_with() {
    let own = described("view=practice&practice=A00001&definition=reach&patients=20");
    let with_others = described("view=practice&practice=A00001&definition=reach&patients=20&share=0.5&metres=900&travel-mode=walk&joins=all");
    assert_eq!(own["caption"], with_others["caption"]);
    let classes = described("method=national-quintiles&classes=7&breaks=1,2");
    assert_eq!(classes["key"], described("method=national-quintiles")["key"]);
    assert_eq!(described("view=travel&travel-mode=car&travel-time=off-peak")["title"], described("view=travel")["title"]);
}

#[test]
fn what_is_typed_is_printed_as_it_is_or_refused_by_its_character() {
    let svg = |title: &str| ask(&format!("/api/sheets/map?f=svg&title={title}")).text();
    assert!(svg("%3Cscript%3Ealert(1)%3C/script%3E").contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(svg("%23let%20x%20=%20%24%5Csum%24").contains("#let x = $\\sum$"));
    assert_eq!(described("title=A%20title&subtitle=")["subtitle"], "");
    let refusals = [
        format!("/api/sheets/map?title={}", "x".repeat(10_000)),
        "/api/sheets/map?title=%D7%A9%D7%9C%D7%95%D7%9D".to_owned(),
        "/api/sheets/map?subtitle=Hello%20%F0%9F%8E%89".to_owned(),
        "/api/sheets/map?title=%E5%9C%B0%E5%9B%B3".to_owned(),
        "/api/sheets/map?title=two%0Alines".to_owned(),
    ];
    insta::assert_snapshot!(refusals.iter().map(|address| refusal(address)).collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_is_no_sheet_is_refused_by_the_word_of_the_link() {
    let refusals = [
        "/api/sheets/map?surely-not=1&f=json".replace("&f=json", ""),
        "/api/sheets/map?within=E07000001&within=E07000001".to_owned(),
        "/api/sheets/map?view=nothing".to_owned(),
        "/api/sheets/map?measure=nothing".to_owned(),
        "/api/sheets/map?area-type=lad19&measure=imd-2019.rank".to_owned(),
        "/api/sheets/map?within=E99999999".to_owned(),
        "/api/sheets/map?view=area".to_owned(),
        "/api/sheets/map?view=area&area=E99999999".to_owned(),
        "/api/sheets/map?view=practice".to_owned(),
        "/api/sheets/map?view=practice&practice=A99999".to_owned(),
        "/api/sheets/map?view=practice&practice=A00001&against-definition=core&against-share=2".to_owned(),
        "/api/sheets/map?view=travel&travel-to=own".to_owned(),
        "/api/sheets/map?view=travel&travel-to=nowhere".to_owned(),
        "/api/sheets/map?view=travel&travel-mode=plane".to_owned(),
        "/api/sheets/map?view=travel&travel-ask=reach".to_owned(),
        "/api/sheets/map?view=growth&practice=A00001&household-size=many".to_owned(),
        "/api/sheets/map?size=a5".to_owned(),
        "/api/sheets/map?f=gif".to_owned(),
        "/api/sheets/map?dpi=71".to_owned(),
        "/api/sheets/map?dpi=600&size=a3-landscape".to_owned(),
        "/api/sheets/map?hide=everything".to_owned(),
        "/api/sheets/map?points=pubs".to_owned(),
        "/api/sheets/map?points=hospitals:veterinary".to_owned(),
        "/api/sheets/map?frame=view".to_owned(),
        "/api/sheets/map?frame=view&map=151,-33,9".to_owned(),
        "/api/sheets/map?page=0".to_owned(),
    ];
    let words = refusals.iter().map(|address| {
        let words: String = refusal(address).chars().take(240).collect();
        format!("{}\n    {words}", address.trim_start_matches("/api/sheets/map"))
    });
    insta::assert_snapshot!(words.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_link_is_understood_with_its_host_its_hash_and_letters_as_they_are_typed() {
    let link = Link::parse("https://needs.example.org/?view=travel&travel-to=-0.8,52.75,New clinic&title=Café é#map").unwrap();
    assert_eq!(link.sheet.title.as_deref(), Some("Café é"));
    assert_eq!(link.query(), "view=travel&travel-to=-0.8,52.75,New+clinic");
    assert_eq!(Link::parse("").unwrap().query(), "");
}

#[test]
fn the_link_that_is_printed_opens_the_view_and_that_of_a_plain_map_the_sheet() {
    assert_eq!(described("f=json&size=slide&within=E07000001&map=-0.8,52.75,11&hide=title".trim_start_matches("f=json&"))["link"], "/?within=E07000001");
    assert_eq!(described("measure=none&points=practices")["link"], "/api/sheets/map?measure=none&points=practices");
}

#[test]
fn counts_of_the_key_are_those_of_the_classes() {
    let classes = ask("/api/measures/imd-2019.score/classes").json();
    let key = described("")["key"][0].clone();
    for (class, row) in classes["classes"].as_array().unwrap().iter().zip(key["rows"].as_array().unwrap()) {
        assert_eq!((&class["label"], &class["colour"]), (&row["label"], &row["colour"]));
        assert_eq!(class["areas"].to_string(), row["values"][0].as_str().unwrap());
    }
}

#[test]
fn journeys_by_road_are_drawn_too() {
    for link in ["view=travel&travel-mode=walk", "view=travel&travel-ask=reach&travel-at=hospitals", "view=travel&travel-colours=sites&travel-by=kilometres"] {
        let answer = ask_by_road(&format!("/api/sheets/map?{link}&f=svg"));
        assert_eq!(answer.status, StatusCode::OK, "{link}: {}", answer.text());
    }
}
