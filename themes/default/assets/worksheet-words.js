// What somebody wrote, put into a sentence of its language: the same as src/kernels/japanese and english, held equal by
// tests/it/worksheets.rs.
(function (root) {
  "use strict";

  // What is written twice where both the person and the template have it
  const DOUBLED = [
    "が", "を", "に", "で", "は", "の", "として", "ように", "ために", "ため", "のために", "のため", "にとって", "によって", "こと", "とき", "ときに", "ときは", "という",
  ];
  // What falls away before something that says the same, or before another particle
  const PARTICLES = ["が", "を", "に", "で", "は", "の", "と", "へ", "も"];
  const BEFORE = [["ときには", ["とき"]], ["ときに", ["とき"]], ["ときは", ["とき"]], ["ことを", ["こと"]], ["が", PARTICLES], ["を", PARTICLES], ["は", PARTICLES], ["に", ["の"]]];
  function without(text, tail) {
    if (!text.endsWith(tail) || text.length === tail.length) return null;
    const rest = text.slice(0, -tail.length);
    const thing = tail === "の" && rest.endsWith("も") && !rest.endsWith("ども");
    return /^[ぁ-ん]$/.test(rest) || thing ? null : rest;
  }
  function inJapanese(written, follows) {
    const text = written.trim().replace(/[。．.、\uff01!]+$/, "").trim();
    const ahead = Array.from(follows);
    for (let length = ahead.length; length >= 1; length -= 1) {
      const head = ahead.slice(0, length).join("");
      const doubled = DOUBLED.includes(head) || (head.startsWith("を") && length > 1);
      const rest = doubled ? without(text, head) : null;
      if (rest !== null) return rest;
    }
    for (const [tail, next] of BEFORE) {
      const rest = next.some((one) => follows.startsWith(one)) ? without(text, tail) : null;
      if (rest !== null) return rest;
    }
    return text;
  }

  const LEADS = [
    "I will ", "I'll ", "I’ll ", "I would like to ", "I'd like to ", "I’d like to ", "I want to ", "they can ", "they will ",
    "they ", "can ", "to ", "I'm ", "I’m ", "I ",
  ];
  const PROPER = [
    "Japanese", "Chinese", "Vietnamese", "Portuguese", "Nepalese", "English", "Korean", "French", "German", "Spanish", "Italian",
    "Russian", "Indian", "American", "British", "Canadian", "Australian", "Asian", "European", "African", "Brazilian", "Filipino",
    "Indonesian", "Thai", "Western", "Buddhist", "Christian", "Muslim", "Japan", "Tokyo", "Osaka", "Kyoto", "Asia", "Europe",
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "April", "June", "July",
    "August", "September", "October", "November", "December", "Christmas",
  ];
  const COMMON = [
    "People", "Children", "Everybody", "Everyone", "Anybody", "Anyone", "Somebody", "Someone", "Whoever", "Women", "Men", "Staff",
    "Family", "Work", "Time", "Trust", "Hope", "Love", "Care", "Courage", "Humour", "Humor", "Calm", "Energy", "Knowledge",
    "Respect", "Truth", "Health", "Music", "Faith", "Youth", "Management", "Get", "Start", "Begin", "Feel", "Find", "Learn", "Grow", "Become", "Live", "Take", "Make", "Keep", "Have", "Be", "Go", "Stay", "Enjoy", "Understand", "Know", "See", "Do", "Use", "Build", "Reach", "Overcome", "Speak", "Say", "Stand", "Come", "Give", "Help", "Support", "Create", "Think", "Choose", "Try"
  ];
  const ENDS = ["s", "ness", "ity", "ing", "tion", "ment", "ship", "ance", "ence"];
  const NAMES = [
    "James", "Chris", "Thomas", "Charles", "Agnes", "Iris", "Ines", "Lucas", "Nicholas", "Dennis", "Carlos", "Luis", "Marcus",
    "Douglas", "Doris", "Frances", "Alexis", "Travis", "Lewis", "Louis", "Curtis", "Andreas", "Jonas", "Hans", "Lars", "Florence",
    "Laurence", "Lawrence", "Constance", "Lance", "Clement", "Ming", "Ying", "Jing",
  ];
  const AFTER_WORDS = ["for", "to", "that", "which", "about", "into"];
  const OPENERS = [
    "The", "An", "My", "Our", "Your", "Their", "His", "Her", "Its", "This", "That", "These", "Those", "All", "Both", "Each",
    "Every", "Some", "Any", "No", "Many", "Most", "More", "Few", "Other", "Another", "One", "Two", "Three", "New", "Old", "Older",
    "Young", "Younger", "Good", "Little", "Small", "Big", "Great", "First", "Next", "Last", "Single", "Local", "Whole", "Real",
    "Free", "Own", "What", "Whatever", "How", "Where", "To", "Being", "Such", "Enough", "Hard", "Strong", "Deep", "Long", "Clear", "Quiet", "Open", "Close",
  ];
  const DETERMINED = ["a ", "an ", "the ", "my ", "our ", "your ", "their ", "his ", "her ", "one ", "some "];
  const LIKE_YOU = ["uni", "use", "usa", "usu", "eu", "ubi", "uti", "ute"];
  const LIKE_WON = ["one", "once"];
  const SILENT = ["hour", "honest", "heir", "hono"];
  const begins = (text, word) => text.slice(0, word.length).toLowerCase() === word.toLowerCase();

  // What is done, without «I will»; «I am» is «be» where the sentence does not begin with «I»
  function infinitive(text, before) {
    const lead = LEADS.find((one) => begins(text, one));
    const own = lead === undefined ? text : text.slice(lead.length).trim();
    const contracted = lead !== undefined && lead.endsWith("m ");
    const verb = ["am ", "be "].find((one) => begins(own, one));
    if ((before === "" && !contracted) || (verb === undefined && !contracted)) return own;
    return (before.endsWith("I ") ? "am " : "be ") + (verb === undefined ? own : own.slice(verb.length).trim());
  }
  // Whether the first letter becomes small within a sentence: names, «I» and abbreviations keep their capitals
  function falls(first, rest, manner) {
    const name = /^[A-Z]/.test(rest) && !rest.startsWith("I ");
    if (name || !(/^[A-Z][a-z]+$/.test(first) || first === "A") || PROPER.includes(first)) return false;
    // What asks for a verb or an article is no name
    if (first === "A" || manner !== "") return true;
    const known = OPENERS.includes(first) || COMMON.includes(first) || AFTER_WORDS.includes(rest.split(" ")[0]);
    return (known || ENDS.some((end) => first.endsWith(end))) && !NAMES.includes(first);
  }
  // Whether a word is spoken with a vowel at its beginning
  function soundsOpen(text) {
    const first = text.split(/[ -]/)[0];
    if (/^[A-Z][A-Z0-9&]*$/.test(first)) return /^[AEFHILMNORSX]/.test(first);
    if (["8", "11", "18"].includes(first)) return true;
    const not = begins(first, "unin") || begins(first, "unim");
    if (LIKE_WON.includes(first.toLowerCase()) || (LIKE_YOU.some((word) => begins(first, word)) && !not)) return false;
    return SILENT.some((word) => begins(first, word)) || /^[aeiou]/i.test(first);
  }
  function inEnglish(written, manner, before) {
    let text = written.trim().replace(/[.!,;]+$/, "").trim();
    if (manner === "do") text = infinitive(text, before);
    const starts = before === "" || /[.!?。]$/.test(before) || before.endsWith(". ");
    const first = text.split(" ")[0];
    if (!starts && manner !== "name" && falls(first, text.slice(first.length + 1), manner)) text = text.slice(0, 1).toLowerCase() + text.slice(1);
    if (manner !== "a" || text === "" || DETERMINED.some((word) => begins(text, word))) return text;
    return (soundsOpen(text) ? "an " : "a ") + text;
  }

  function joined(words, japanese) {
    if (!japanese) return words.length > 1 ? words.slice(0, -1).join(", ") + " and " + words[words.length - 1] : words.join("");
    return words.length === 2 ? words[0] + (words[0].endsWith("と") ? "と、" : "と") + words[1] : words.join("、");
  }

  root.shirubeWords = { inJapanese, inEnglish, joined };
})(typeof window === "undefined" ? globalThis : window);
