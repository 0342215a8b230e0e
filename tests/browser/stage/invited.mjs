// A survey for invited people, which the demonstration has none of, and a list of them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tens of people in two departments, as a spreadsheet hands them over. */
export function people(count) {
  const rows = Array.from({ length: count }, (_, number) => [String(number).padStart(4, '0'), `氏名${number}`, `p${number}@example.jp`, number % 2 ? '営業部' : '法務部'].join('\t'));
  return ['社員番号\t氏名\tメール\t部署', ...rows].join('\n');
}

/** A survey for invited people beside those of the project. */
export function invite(project) {
  const staff = `title: {ja: 働きかたと学びのアンケート, en: Work and learning}
lead: {ja: 招待された方にうかがいます。, en: Questions for those who were invited.}
minutes: 2
mode: anonymous
access: invited
attributes:
  - id: department
    text: {ja: 部署, en: Department}
    values:
      - {id: sales, text: {ja: 営業部, en: Sales}}
      - {id: law, text: {ja: 法務部, en: Legal}}
publish: at-close
k: 5
purpose: {ja: 学ぶ時間のとりかたを見直すためです。, en: To find time for learning.}
pages:
  - id: one
    questions:
      - {id: mood, kind: scale, points: 5, ends: [{ja: 足りない, en: too little}, {ja: 足りている, en: enough}], text: {ja: 学ぶ時間は足りていますか。, en: Is there enough time to learn?}, need: required}
`;
  writeFileSync(join(project.root, 'content/surveys/staff.yaml'), staff);
  const file = join(project.root, 'content/sites/career-autonomy.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^surveys: \[/m, 'surveys: [staff, '));
}
